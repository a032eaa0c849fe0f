// Runs with each file of the Worker's tests. They share a workerd, so what one leaves is taken away: its clock, its
// objects with their alarms, its records, what the platform counted. What the Worker keeps in the isolate's memory stays:
// counts, its health, what is asked for often, who is shut out. There, each file has names, addresses and times of its own.

import { reset } from 'cloudflare:test';
import { afterAll, vi } from 'vitest';

afterAll(async () => {
  vi.useRealTimers();
  await reset();
});
