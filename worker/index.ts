// The Worker's entry: fetch, and the Durable Objects.

import { answer } from './router.ts';

export { Device } from './identity/device/device.ts';
export { Guesses } from './identity/device/guesses.ts';
export { Flow } from './identity/flow/flow.ts';
export { Identity } from './identity/identity.ts';
export { Metrics } from './metrics/metrics.ts';
export { Stack } from './stack/stack.ts';

export default { fetch: answer } satisfies ExportedHandler<Env>;
