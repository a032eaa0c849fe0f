// The table of problems, and a problem's way through a message.

import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { Code } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { ProblemSchema } from '../../shared/gen/pybin_pb.js';
import { getProblem, toProblemMessage, toVisibilityMessage } from '../../shared/message.ts';
import { getVisibility } from '../../shared/visibility.ts';
import { isProblemCode, type Problem, problems } from '../../shared/problem.ts';
import { visibilities } from '../../shared/snippet.ts';

const codes = Object.keys(problems).filter((code) => isProblemCode(code));

describe('every problem', () => {
  it.each(codes)('%s has a status of its kind, a Connect code that exists, and a title', (code) => {
    const { status, connect, title } = problems[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(Code[connect]).toBeDefined();
    expect(title).not.toBe('');
  });

  it.each(codes)('%s comes through a message with all its fields', (code) => {
    const problem: Problem = {
      code,
      detail: 'd',
      field: 'f',
      limit: 1,
      retryAfterSeconds: 2,
      requestId: 'r',
    };
    const message = fromBinary(ProblemSchema, toBinary(ProblemSchema, toProblemMessage(problem)));
    expect(getProblem(message)).toEqual(problem);
  });

  it('of a code that is none is no problem of ours', () => {
    expect(isProblemCode('toString')).toBe(false);
    expect(
      getProblem({ ...toProblemMessage({ code: 'internal', detail: '' }), code: 'made_up' }),
    ).toBeUndefined();
  });
});

describe('a visibility', () => {
  it.each([...visibilities, undefined])('%s comes through a message', (visibility) => {
    expect(getVisibility(toVisibilityMessage(visibility))).toBe(visibility);
  });
});
