// Before any test that needs a browser: the host is installed, once.

import { installHost } from './install.ts';

export default async function setup(): Promise<void> {
  await installHost();
}
