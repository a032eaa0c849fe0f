// Two folders of somebody else's, opened in Restricted Mode and then trusted: what of them runs and counts before, and
// what after. Each has a Ruff of its own, which leaves a mark when it is started, and settings that would let more pass.

import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { installRuff } from '../../ruff/install.ts';
import {
  answerFirstPush,
  clickToastButton,
  openByName,
  runCommand,
  statusItem,
  waitForToast,
} from '../host/user.ts';
import { type Desks, openDesks, picture } from './desks.ts';

let desks: Desks;
let owner: Client;

beforeAll(async () => {
  desks = await openDesks('guest');
  owner = connect(desks);
});

afterAll(async () => {
  await desks?.close();
});

const root = join(import.meta.dirname, '../../..');

/** By which a folder would weaken the gate, send elsewhere, and choose a program. */
const greedy = {
  'pybin.lint.gate': 'syntax',
  'pybin.lint.override': 'confirm',
  'pybin.endpoint': 'http://127.0.0.1:9',
};
const areaSettings = 'builtins = ["spark"]\n';
const shopSettings = '[tool.ruff]\nbuiltins = ["till"]\n';

it('runs nothing of folders that aren’t trusted, and each folder’s own Ruff once they are', async () => {
  const here = join(desks.directory, 'desk');
  const ruffs = {
    configured: await installRuff(root, join(here, 'area/tools'), 'tools'),
    area: await installRuff(root, join(here, 'area/.venv/bin'), 'area'),
    shop: await installRuff(root, join(here, 'shop/.venv/bin'), 'shop'),
    onPath: await installRuff(root, join(desks.directory, 'bin'), 'path'),
  };
  const started = async (): Promise<string[]> => {
    const starts = await Promise.all(
      Object.entries(ruffs).map(async ([name, ruff]) => ({ name, starts: await ruff.starts() })),
    );
    return starts.filter((each) => each.starts.length > 0).map(({ name }) => name);
  };
  const page = await desks.open(
    'desk',
    {
      'both.code-workspace': JSON.stringify({
        folders: [{ path: 'area' }, { path: 'shop' }],
        settings: greedy,
      }),
      'area/.vscode/settings.json': JSON.stringify({
        ...greedy,
        'pybin.lint.ruffPath': '${workspaceFolder}/tools/ruff',
      }),
      'area/ruff.toml': areaSettings,
      'area/area.py': 'spark.read("area")\n',
      'shop/pyproject.toml': shopSettings,
      'shop/shop.py': 'till.open()\n',
      'shop/plain.py': 'x = 1\n',
    },
    {
      workspace: 'both.code-workspace',
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
      env: { PATH: `${dirname(ruffs.onPath.program)}:${process.env['PATH']}` },
    },
  );

  await statusItem(page, 'status.workspaceTrust').filter({ hasText: 'Restricted Mode' }).waitFor();
  await openByName(page, 'area.py');
  await runCommand(page, 'pybin: Push');
  const refused = await waitForToast(page, 'Undefined name `spark`');
  await picture(page, 'trust-1-restricted');
  expect(await refused.innerText()).not.toContain('Push Anyway');
  await openByName(page, 'plain.py');
  await runCommand(page, 'pybin: Push');
  await answerFirstPush(page, 'Everybody');
  expect(await pushed(1)).toEqual(['x = 1\n', '0.17.3', expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(await started()).toEqual([]);

  await runCommand(page, 'Workspaces: Manage Workspace Trust');
  await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await statusItem(page, 'status.workspaceTrust').waitFor({ state: 'detached' });

  await openByName(page, 'area.py');
  await runCommand(page, 'pybin: Push');
  expect(await pushed(2)).toEqual(['spark.read("area")\n', '0.17.3+tools', sha256(areaSettings)]);
  await openByName(page, 'shop.py');
  await runCommand(page, 'pybin: Push');
  expect(await pushed(3)).toEqual(['till.open()\n', '0.17.3+shop', sha256(shopSettings)]);
  expect(await started()).toEqual(['configured', 'shop']);

  await writeFile(join(here, 'shop/pyproject.toml'), '[tool.ruff]\nnonsense = 1\n');
  await runCommand(page, 'pybin: Push');
  await waitForToast(page, 'unknown field `nonsense`');
  await picture(page, 'trust-2-broken-settings');
  await writeFile(join(here, 'shop/pyproject.toml'), shopSettings);
  await clickToastButton(page, 'unknown field `nonsense`', 'Retry');
  expect(await pushed(4)).toEqual(['till.open()\n', '0.17.3+shop', sha256(shopSettings)]);
});

/** What is on top once this many were pushed, and what checked it. */
async function pushed(count: number): Promise<(string | undefined)[]> {
  await expect.poll(async () => (await owner.list()).length, { timeout: 30_000 }).toBe(count);
  const { proof, text } = await owner.latest();
  return [text, proof?.linterVersion, proof?.configurationSha256];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
