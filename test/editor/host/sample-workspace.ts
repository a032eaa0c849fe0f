// Real Python to work on, the same on every machine: node-gyp carries it.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const source = join(import.meta.dirname, '../../../node_modules/node-gyp/gyp/pylib/gyp');

/** What a sample workspace holds, longest first (input.py has some 3,000 lines). */
const sampleFiles = ['input.py', 'common.py', 'easy_xml.py'] as const;

/** Puts fresh copies of the sample files into `folder`, which it makes. */
export async function copySampleWorkspace(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(sampleFiles.map((name) => copyFile(join(source, name), join(folder, name))));
}
