// What a form of our own pages sends: fields of text, as HTML's urlencoded form has them.

import { ProblemError } from '../../shared/problem.ts';
import { readBody, requireUtf8 } from './body.ts';

const TYPE = 'application/x-www-form-urlencoded';

/** The fields of a form; empty text for one that isn't there, and of several of one name the first. */
export interface FormFields {
  get(name: string): string;
}

/** @throws {ProblemError} `invalid_argument` where it is no form, `too_large` */
export async function readFormFields(request: Request, limitBytes: number): Promise<FormFields> {
  if (!isForm(request))
    throw new ProblemError({
      code: 'invalid_argument',
      detail: 'This address takes what its page’s form sends.',
    });
  const fields = new URLSearchParams(requireUtf8(await readBody(request, 'form', limitBytes)));
  return { get: (name) => fields.get(name) ?? '' };
}

/** Whether what is sent is a form of our own pages. */
export function isForm(request: Request): boolean {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === TYPE;
}
