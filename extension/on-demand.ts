// What is loaded once something is done, and not when an editor starts: what commands, buttons and tools come to. One
// module, because an editor reads it as one file.

export { pullFor, pushFor } from './ai/invoke.ts';
export { expandToStatements } from './gate/expand.ts';
export { fixAll } from './gate/fix-all.ts';
export { createGates } from './gate/gates.ts';
export { findOnGitHub, realGitHub } from './github/find-on-github.ts';
export { History } from './history/history.ts';
export { createPending } from './pending/handlers.ts';
export { createPulls } from './pull/handlers.ts';
export { createPushHandlers } from './push/handlers.ts';
export { askVisibility } from './push/visibility-pick.ts';
export { sendQueue, showQueue } from './queue/queue-commands.ts';
export { createTeller } from './queue/queue-messages.ts';
export { createSessionHandlers } from './session/handlers.ts';
export { SignIn } from './session/sign-in/sign-in.ts';
export { createStackDeeds } from './stack/handlers.ts';
