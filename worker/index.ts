// The Worker's entry: fetch, and the Durable Object.

import { answer } from './router.ts';

export { Stack } from './stack/stack.ts';

export default { fetch: answer } satisfies ExportedHandler<Env>;
