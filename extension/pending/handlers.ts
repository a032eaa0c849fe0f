// What the commands of a push that waits do.

import type { Disposable } from 'vscode';
import type { Handlers, pendingCommands } from '../commands.ts';
import type { PushParts } from '../push/run.ts';
import { CleanWatches } from './clean-watches.ts';
import { expandToStatement } from './expand-command.ts';
import { discardPendingPush, fixAllAndPush, retryPush, showProblems } from './pending-commands.ts';
import { showPendingPush } from './pending-pick.ts';
import { pushAnyway } from './push-anyway.ts';

export interface Pending extends Disposable {
  readonly handlers: Handlers<typeof pendingCommands>;
}

export function createPending(parts: PushParts): Pending {
  const watches = new CleanWatches(parts);
  return {
    handlers: {
      'pybin.fixAllAndPush': (documentUri) => fixAllAndPush(parts, documentUri),
      'pybin.showProblems': (documentUri) => showProblems(parts, documentUri),
      'pybin.pushWhenClean': (documentUri) => watches.begin(documentUri),
      'pybin.expandToStatement': (documentUri) => expandToStatement(parts, documentUri),
      'pybin.pushAnyway': (documentUri) => pushAnyway(parts, documentUri),
      'pybin.showPendingPush': () => showPendingPush(parts.pending),
      'pybin.retryPush': (documentUri) => retryPush(parts, documentUri),
      'pybin.discardPendingPush': (documentUri) => discardPendingPush(parts, documentUri),
    },
    dispose: () => watches.dispose(),
  };
}
