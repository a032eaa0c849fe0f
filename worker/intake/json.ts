// Small bodies of JSON: an object of known fields. What isn't known was meant for something, so it is refused.

import { ProblemError } from '../../shared/problem.ts';
import { readBody, requireUtf8 } from './body.ts';

/** A body's fields. @throws {ProblemError} `too_large`, `not_text`, or `invalid_argument` where it has another field */
export async function readFields(
  request: Request,
  limitBytes: number,
  names: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const fields = parseObject(requireUtf8(await readBody(request, 'message', limitBytes)));
  const unknownField = Object.keys(fields).find((name) => !names.includes(name));
  if (unknownField !== undefined) throw invalidField(unknownField, `There is no field "${unknownField}".`);
  return fields;
}

/** The problem of a field whose value isn't one that it can have. */
export function invalidField(field: string, detail: string): ProblemError {
  return new ProblemError({ code: 'invalid_argument', detail, field });
}

function parseObject(json: string): Record<string, unknown> {
  // `curl -X POST` without a body asks with nothing said.
  if (json === '') return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below, the same as any other body that isn't an object.
  }
  throw new ProblemError({ code: 'invalid_argument', detail: 'The body is not a JSON object.' });
}
