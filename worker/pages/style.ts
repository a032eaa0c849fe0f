// The one style of all pages: dark and light as the device is, no wider than a phone, focus always seen.

export const STYLE = `
:root { background: Canvas; color: CanvasText; color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; accent-color: var(--accent);
  --line: color-mix(in srgb, CanvasText 20%, Canvas); --edge: color-mix(in srgb, CanvasText 55%, Canvas);
  --quiet: color-mix(in srgb, CanvasText 70%, Canvas); --raised: color-mix(in srgb, CanvasText 4%, Canvas);
  --accent: #0a58ca; --on-accent: #fff; --danger: #b3261e; --good: #146c2e; }
@media (prefers-color-scheme: dark) {
  :root { --accent: #8ab4f8; --on-accent: #10131a; --danger: #f2a19b; --good: #7ddc96; } }
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; }
header:has(+ .column), .column { margin-inline: auto; max-width: 42rem; }
body > header { align-items: center; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-bottom: 1rem; }
body > header a, dd a, .whose a { align-items: center; display: inline-flex; min-height: 2.75rem; min-width: 2.75rem; }
body > header a:last-child { justify-content: flex-end; }
body > header .home { color: inherit; font-weight: 700; margin-right: auto; text-decoration: none; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
.snippet h1 + p { white-space: pre-line; }
a { color: var(--accent); }
a, button, input, select, summary, pre { outline-offset: 2px; }
:focus-visible { outline: 3px solid var(--accent); }
pre { border: 1px solid var(--line); border-radius: .5rem; margin: 0;
  overflow: auto; padding: 1rem; font: .875rem/1.5 ui-monospace, monospace; tab-size: 4; }
pre + * { margin-top: 1rem; }
.copied { overflow-wrap: anywhere; user-select: all; -webkit-user-select: all; white-space: pre-wrap; }
.snippet .actions, .snippet .actions + .facts { margin-top: 1rem; }
.snippet .copied { border: 1px dashed var(--edge); border-radius: .5rem; flex: 1 1 16rem; font-size: .875rem; padding: .65rem .75rem; }
.reasons { margin: 0 0 1.25rem; padding-left: 1.25rem; }
.reasons li + li { margin-top: .5rem; }
.whose { color: var(--quiet); margin: 0; }
.facts + .facts { margin-top: -1rem; }
.toggle { align-items: center; cursor: pointer; display: inline-flex; gap: .6rem; min-height: 2.75rem; }
.toggle input { margin: 0; }
main:has(#wrap:checked) pre { overflow-wrap: anywhere; white-space: pre-wrap; }
.facts, .hint { color: var(--quiet); }
.hint { font-size: .9rem; margin: 0; }
section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1.5rem; }
form { margin: 0; }
form.stacked { display: grid; gap: 1.25rem; }
.field { display: grid; gap: .25rem; min-width: 0; }
.field > input, select { width: 100%; }
.field > label, legend { font-weight: 600; padding: 0; }
legend { margin-bottom: .25rem; }
input, select { background: Canvas; border: 1px solid var(--edge); border-radius: .5rem; color: CanvasText;
  font: inherit; max-width: 100%; min-height: 2.75rem; padding: .25rem .75rem; }
input[type='radio'], input[type='checkbox'] { flex: none; height: 1.25rem; margin: .15rem 0 0; min-height: 0; width: 1.25rem; }
input[aria-invalid='true'] { border: 2px solid var(--danger); }
input.code { font: 1.5rem/1.5 ui-monospace, monospace; letter-spacing: .1em; text-transform: uppercase; }
fieldset { border: 0; display: grid; gap: .5rem; margin: 0; min-width: 0; padding: 0; }
.choice { align-items: flex-start; border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; display: flex;
  gap: .75rem; padding: .65rem .75rem; }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice span { overflow-wrap: anywhere; }
.choice small { color: var(--quiet); display: block; font-size: .9rem; }
button, .button { align-items: center; background: Canvas; border: 1px solid var(--edge); border-radius: .5rem;
  color: CanvasText; cursor: pointer; display: inline-flex; font: inherit; justify-content: center;
  min-height: 2.75rem; padding: .25rem 1.25rem; text-decoration: none; }
button:hover, .button:hover { background: var(--raised); }
button.primary, .button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent);
  font-weight: 600; }
button.danger { border-color: var(--danger); color: var(--danger); }
button.plain { background: none; border-color: transparent; color: var(--accent); padding: .25rem 0; text-decoration: underline; }
.actions { align-items: center; display: flex; flex-wrap: wrap; gap: .75rem; }
.ways { display: grid; gap: .75rem; list-style: none; margin: 0 0 1.25rem; padding: 0; }
.ways button { width: 100%; }
.stacked + .hint { margin-top: 1rem; }
.looked-up { display: grid; gap: .25rem; }
.looked-up > p { margin: 0; min-height: 1.5em; }
.rows { display: grid; gap: .75rem; list-style: none; margin: 0 0 1.25rem; padding: 0; }
.rows > li { align-items: center; border: 1px solid var(--line); border-radius: .5rem; display: flex; flex-wrap: wrap;
  gap: .5rem 1rem; justify-content: space-between; padding: .75rem 1rem; }
.rows > li > div { flex: 1 1 14rem; min-width: 0; }
.rows h3 { align-items: center; display: flex; flex-wrap: wrap; gap: .15rem .5rem; }
.rows p { margin: 0; }
.badge { border: 1px solid var(--edge); border-radius: 1rem; color: var(--quiet); font-size: .8rem; font-weight: 400;
  padding: 0 .5rem; white-space: nowrap; }
.said, .refused { border: 1px solid; border-left-width: .4rem; border-radius: .5rem; margin: 0 0 1.25rem; padding: .75rem 1rem; }
.said { border-color: var(--good); }
.refused { border-color: var(--danger); }
.field .refused, .looked-up > .refused { border: 0; color: var(--danger); font-weight: 600; margin: 0; padding: 0; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 1.25rem; }
summary { cursor: pointer; font-weight: 600; min-height: 2.75rem; padding: .6rem 1rem; }
details > :not(summary) { margin: .25rem 1rem 1rem; }
dl { display: grid; gap: .25rem 1rem; margin: 0 0 1.25rem; }
dt { color: var(--quiet); }
dd { font-weight: 600; margin: 0 0 .5rem; overflow-wrap: anywhere; }
@media (forced-colors: active) {
  button.primary, .button.primary { background: Highlight; border-color: Highlight; color: HighlightText; forced-color-adjust: none; }
  .choice:has(:checked) { border-color: Highlight; } }
@media (min-width: 36rem) { dl { align-items: baseline; grid-template-columns: max-content 1fr; } dd { margin: 0; } }
@media (max-width: 30rem) { form.stacked button, .actions > form, .actions > form button { width: 100%; } }
`;
