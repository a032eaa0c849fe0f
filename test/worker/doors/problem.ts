// What a refusal looks like from outside: RFC 9457 with the table's status and title, and named fields only.

import { expect } from 'vitest';
import { type Problem, problems } from '../../../shared/problem.ts';

/** What a test says of a problem: its code, and the fields that matter there. */
export type ExpectedProblem = Pick<Problem, 'code' | 'field' | 'limit' | 'policy'>;

const FIELDS: ReadonlySet<string> = new Set([
  'code',
  'status',
  'title',
  'detail',
  'field',
  'limit',
  'retryAfterSeconds',
  'requestId',
  'policy',
]);

/** Expects that an answer is this problem, and that it tells nothing that has no name in the contract. */
export async function expectProblem(answer: Response, expected: ExpectedProblem): Promise<void> {
  const { status, title } = problems[expected.code];
  const { code, field, limit, policy } = expected;
  const problem = await problemOf(answer);
  expect(problem).toMatchObject({
    code,
    status,
    title,
    ...(field !== undefined && { field }),
    ...(limit !== undefined && { limit }),
    ...(policy !== undefined && { policy }),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(Object.keys(problem).filter((name) => !FIELDS.has(name))).toEqual([]);
}

async function problemOf(answer: Response): Promise<Record<string, unknown>> {
  const text = await answer.text();
  expect(`${answer.headers.get('content-type')} ${text}`).toMatch(/^application\/problem\+json \{/);
  const problem: Record<string, unknown> = JSON.parse(text);
  return problem;
}
