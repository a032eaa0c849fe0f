// The parts of forms: each control with its label, its hint and what was wrong with it, tied together for whoever
// doesn't see them.

import { type Html, html } from './html.ts';

interface Labelled {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What was wrong with what was said. */
  readonly refused?: string | undefined;
}

export interface TextField extends Labelled {
  readonly value?: string;
  readonly maxLength?: number;
  readonly isRequired?: boolean;
  /** A token of HTML's autocomplete. `off`: nothing that a browser has kept would be right. */
  readonly autocomplete?: 'off' | 'username' | 'one-time-code';
  readonly placeholder?: string;
  /** A code that is copied from elsewhere: large, no capitals to think of, nothing corrected. */
  readonly isCode?: boolean;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface ChoiceField extends Labelled {
  readonly options: readonly Option[];
  /** The value that is chosen; without it nothing is. */
  readonly chosen?: string | undefined;
}

/** A line of text with its label. */
export function textField(field: TextField): Html {
  const { name, label, value = '', autocomplete = 'off', placeholder, maxLength, isRequired, isCode } = field;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hintOf(field)}
    <input id="${name}" name="${name}" type="text" value="${value}" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false"
      ${isCode ? html` class="code"` : html``}${placeholder === undefined ? html`` : html` placeholder="${placeholder}"`}
      ${maxLength === undefined ? html`` : html` maxlength="${maxLength}"`}${isRequired ? html` required` : html``}
      ${describedBy(field)} />
    ${refusalOf(field)}
  </div>`;
}

/** One of a few, all of them seen. */
export function choiceField(field: ChoiceField): Html {
  const { name, label, options, chosen } = field;
  return html`<fieldset ${describedBy(field)}>
    <legend>${label}</legend>
    ${hintOf(field)} ${refusalOf(field)}
    ${options.map(
      ({ value, label: each, hint }) =>
        html`<label class="choice"><input type="radio" name="${name}" value="${value}" required ${value === chosen ? html`checked` : html``} />
          <span>${each}${hint === undefined ? html`` : html` <small>${hint}</small>`}</span></label>`,
    )}
  </fieldset>`;
}

/** One of many, of which one is seen. */
export function selectField(field: ChoiceField): Html {
  const { name, label, options, chosen } = field;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hintOf(field)}
    <select id="${name}" name="${name}" ${describedBy(field)}>
      ${options.map(
        ({ value, label: each }) =>
          html`<option value="${value}" ${value === chosen ? html`selected` : html``}>${each}</option>`,
      )}
    </select>
    ${refusalOf(field)}
  </div>`;
}

/** A field that is sent and not seen. */
export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

export interface Button {
  readonly label: string;
  /** What else a screen reader says, so that ten buttons of one name are told apart. */
  readonly about?: string;
  readonly kind?: 'primary' | 'danger' | 'plain';
  /** What is sent with the form where this is the button that was pressed. */
  readonly sends?: { readonly name: string; readonly value: string };
}

export function button({ label, about, kind, sends }: Button): Html {
  return html`<button ${kind === undefined ? html`` : html`class="${kind}"`}
    ${about === undefined ? html`` : html`aria-label="${label} ${about}"`}
    ${sends === undefined ? html`` : html`name="${sends.name}" value="${sends.value}"`}>${label}</button>`;
}

/** A form of this instance. */
export function postForm(action: string, content: Html): Html {
  return html`<form class="stacked" method="post" action="${action}">${content}</form>`;
}

/** A form that is one button. */
export function buttonForm(action: string, pressed: Button, hidden: Html = html``): Html {
  return html`<form method="post" action="${action}">${hidden}${button(pressed)}</form>`;
}

/** What was done. Read out where it appears. */
export function notice(text: string): Html {
  return html`<p class="said" role="status">${text}</p>`;
}

/** What was refused, and how to go on. */
export function refusal(text: string): Html {
  return html`<p class="refused" role="alert">${text}</p>`;
}

function hintOf({ name, hint }: Labelled): Html {
  return hint === undefined ? html`` : html`<p class="hint" id="${name}-hint">${hint}</p>`;
}

function refusalOf({ name, refused }: Labelled): Html {
  return refused === undefined ? html`` : html`<p class="refused" id="${name}-refused">${refused}</p>`;
}

function describedBy({ name, hint, refused }: Labelled): Html {
  const ids = [hint === undefined ? '' : `${name}-hint`, refused === undefined ? '' : `${name}-refused`]
    .filter((id) => id !== '')
    .join(' ');
  const described = ids === '' ? html`` : html` aria-describedby="${ids}"`;
  return refused === undefined ? described : html`${described} aria-invalid="true"`;
}
