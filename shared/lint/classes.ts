// From a tool's diagnostic to a finding: its class by its tool's codes, and the severity that counts.
// Pure. Also who may be listened to: nobody twice, nobody about another text, and never pybin itself.

import {
  codeText,
  type Finding,
  type FindingClass,
  type Fix,
  ownSource,
  type RawFinding,
  type Severity,
} from './finding.ts';
import { getTool, type ToolId, tools } from './tools.ts';

/** What a diagnostic is about, by its tool's codes; by its severity where the tool isn't known. */
export function classify(raw: Pick<RawFinding, 'source' | 'code' | 'severity'>): FindingClass {
  const tool = getTool(raw.source);
  const isError = raw.severity === 'error';
  if (tool === undefined) return isError ? 'error' : 'style';
  const code = codeText(raw.code);
  if (code === '') return isError ? tool.errorWithoutCode : 'style';
  const known = tool.codes.find(([pattern]) => pattern.test(code));
  if (known !== undefined) return known[1];
  return isError ? tool.otherError : 'style';
}

/**
 * The editor's diagnostics as findings. Left out: hints, which editors show nowhere as problems; pybin's
 * own; repetitions; and, while the document is dirty, what the tools say that know only the saved file.
 */
export function readEditorFindings(raws: readonly RawFinding[], isDirty: boolean): Finding[] {
  const findings = new Map<string, Finding>();
  for (const raw of raws) {
    if (raw.severity === 'hint' || raw.source === ownSource || isStale(raw, isDirty)) continue;
    const finding = readFinding(raw, raw.severity);
    findings.set(JSON.stringify(finding), finding);
  }
  return [...findings.values()];
}

/**
 * Has a tool looked at this text that reports undefined names? One that has a diagnostic in the document
 * has; one that is active is taken to have. Tools that run on save know nothing of a dirty document.
 */
export function namesAreAnswered(
  raws: readonly RawFinding[],
  activeTools: ReadonlySet<ToolId>,
  isDirty: boolean,
): boolean {
  return tools.some(
    (tool) =>
      tool.reportsNames &&
      !(isDirty && tool.runs === 'on-save') &&
      (activeTools.has(tool.id) || raws.some((raw) => getTool(raw.source) === tool)),
  );
}

function isStale(raw: RawFinding, isDirty: boolean): boolean {
  return isDirty && getTool(raw.source)?.runs === 'on-save';
}

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function readFinding(raw: RawFinding, severity: Severity): Finding {
  const findingClass = classify(raw);
  return {
    tool: raw.source ?? '',
    code: codeText(raw.code),
    message: raw.message,
    class: findingClass,
    // What a tool calls an error and the table calls style is no more than a warning.
    severity: findingClass === 'style' && severity === 'error' ? 'warning' : severity,
    range: raw.range ?? NOWHERE,
    origin: 'editor',
    fix: fixOf(raw.source, findingClass),
  };
}

function fixOf(source: string | undefined, findingClass: FindingClass): Fix {
  switch (findingClass) {
    // What was meant is its author's to say.
    case 'syntax':
    case 'undefined-name':
    case 'missing-import':
      return 'none';
    case 'error':
    case 'style':
      return getTool(source)?.fixesAll === false ? 'none' : 'maybe';
    default:
      return findingClass satisfies never;
  }
}
