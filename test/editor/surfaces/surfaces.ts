// `npm run surfaces`: visits every surface of the extension in a real editor over a real edge, and leaves a sheet of
// each in all themes. Somebody looks at them: what is right to the eye, no test tells.

import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { installHost } from '../host/install.ts';
import { beginRun } from '../host/packaged.ts';
import { screenshot } from '../host/user.ts';
import { openDesks } from '../story/desks.ts';
import { Camera, followSystem, screen } from './camera.ts';
import type { Visit } from './visit.ts';
import { seeAway } from './visits/away.ts';
import { seePending } from './visits/pending.ts';
import { seePull } from './visits/pull.ts';
import { seePush } from './visits/push.ts';
import { seeSignIn } from './visits/sign-in.ts';
import { seeStack } from './visits/stack.ts';
import { seeStart } from './visits/start.ts';

const visits: Readonly<Record<string, (visit: Visit) => Promise<void>>> = {
  start: seeStart,
  'sign-in': seeSignIn,
  push: seePush,
  pending: seePending,
  stack: seeStack,
  pull: seePull,
  away: seeAway,
};

const usual = join(import.meta.dirname, '../../../dist/surfaces');
const directory = resolve(process.env['PYBIN_SURFACES'] ?? usual);

/** Nothing that moves by itself, and nothing that isn't looked at. */
const settings = {
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  ...followSystem,
  'workbench.editor.useModal': 'off',
  'workbench.tips.enabled': false,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(visits, name));
if (unknown !== undefined) throw new Error(`${unknown} is none of ${Object.keys(visits).join(', ')}`);
beginRun();
await installHost();
for (const [name, visit] of Object.entries(visits)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const desks = await openDesks('ada');
  const camera = await Camera.open(desks.browser, join(directory, name));
  let page: Page | undefined;
  try {
    await visit({
      desks,
      open: async (files, how = {}) => {
        page = await desks.open('desk', files, {
          ...how,
          settings: { ...settings, ...how.settings },
          screen,
        });
        return page;
      },
      see: async (surface, again) => {
        if (!page) throw new Error('nothing is open yet');
        await camera.take(page, surface, again);
      },
    });
  } catch (error) {
    if (page) await screenshot(page, join(directory, name, '99-failed.png'));
    throw error;
  } finally {
    await desks.close();
  }
}
console.log(`${directory}: look at all of them`);
