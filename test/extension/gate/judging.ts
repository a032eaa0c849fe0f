// The verdict on a frozen push where the editor has no tools.

import type { FrozenPush } from '../../../extension/gate/frozen.ts';
import { judge, type OwnCheck, type Verdict } from '../../../shared/lint/verdict.ts';

export function judgeAlone({ parts }: FrozenPush, own: OwnCheck, namesAnswered = false): Verdict {
  return judge({
    policy: 'errors',
    parts: parts.map(({ range, firstLine }) => ({ range, firstLine, editor: [], namesAnswered })),
    own,
  });
}
