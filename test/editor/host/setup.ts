// Before any test that needs a browser: the host is installed, once.

import type { TestProject } from 'vitest/node';
import { installHost } from './install.ts';
import { beginRun } from './packaged.ts';

export default async function setup(project: TestProject): Promise<void> {
  beginRun();
  project.onTestsRerun(beginRun);
  await installHost();
}
