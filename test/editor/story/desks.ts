// What a story plays on: an edge, one user, and machines that each have a real editor of their own with the extension
// installed as its users get it.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Edge, startEdge } from '../../../worker/local/edge.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { launchBrowser } from '../host/browser.ts';
import { type Editor, makeEditorDirectory, startEditor } from '../host/editor.ts';
import { requirePackage } from '../host/packaged.ts';
import { openFolder, openWorkspace, screenshot } from '../host/user.ts';

export const statusItemId = 'pybin.pybin.latest';

/** Starts an edge with the state of a folder; at any free port where that is 0. */
export type StartEdge = (port: number, stateDirectory: string) => Promise<Edge>;

export interface Desks {
  readonly endpoint: string;
  readonly key: string;
  readonly browser: Browser;
  /** Each machine's files lie in a folder of its name in here. */
  readonly directory: string;
  /** Opens a machine with these files. */
  open(name: string, files: Record<string, string>, how?: How): Promise<Page>;
  /** Where a machine's editor keeps all that is its own. */
  profileOf(name: string): string;
  /** A browser of its own, on another device, with nothing open. */
  openPhone(): Promise<Page>;
  /** The edge is away until `beginEdge`, which has all that it had. */
  endEdge(): Promise<void>;
  beginEdge(): Promise<void>;
  close(): Promise<void>;
}

interface How {
  /** It is, unless said otherwise. */
  readonly isSignedIn?: boolean;
  /** On top of those that keep a fresh editor quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The one of the files that is a workspace of several folders; the folder of all files unless given. */
  readonly workspace?: string;
  /** What the editor finds in its environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly screen?: { readonly width: number; readonly height: number; readonly scale: number };
}

const usualScreen = { width: 1280, height: 800, scale: 1 };

/** Where pictures of each step are left, for whoever wants to look. */
const pictures = process.env['PYBIN_STORY_PICTURES'];

/** Starts an edge in this process. */
const startHere: StartEdge = (port, stateDirectory) => startEdge({ port, stateDirectory, localSignIn: true });

/** @throws whatever could not be started; what runs by then is ended */
export async function openDesks(userId: string, start: StartEdge = startHere): Promise<Desks> {
  await using begun = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'pybin-story-'));
  begun.defer(() => rm(directory, { recursive: true, force: true }));
  const vsix = await requirePackage();
  const startAt = (port: number): Promise<Edge> => start(port, join(directory, 'edge'));
  const edge = await startAt(0);
  let running: Edge | undefined = edge;
  begun.defer(async () => running?.close());
  const editors: Editor[] = [];
  const profiles = new Map<string, string>();
  begun.defer(async () => {
    await Promise.all(editors.map((editor) => editor.close()));
  });
  const { key } = await signInLocally(edge.url, userId);
  const browser = await launchBrowser();
  begun.defer(() => browser.close());

  const all = begun.move();
  return {
    endpoint: edge.url,
    key,
    browser,
    directory,
    open: async (name, files, how = {}) => {
      const { isSignedIn = true, workspace, settings, env, screen = usualScreen } = how;
      const folder = join(directory, name);
      for (const [file, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeFile(join(folder, file), text);
      }
      const profile = await makeEditorDirectory();
      profiles.set(name, profile);
      const editor = await startEditor({
        directory: profile,
        settings: { 'pybin.endpoint': edge.url, ...settings },
        extensions: [vsix],
        env: { ...env, ...(isSignedIn && { PYBIN_KEY: key }) },
      });
      editors.push(editor);
      const context = await browser.newContext({ viewport: screen, deviceScaleFactor: screen.scale });
      const page = await context.newPage();
      if (workspace === undefined) await openFolder(page, editor.url, folder);
      else await openWorkspace(page, editor.url, join(folder, workspace));
      return page;
    },
    profileOf: (name) => {
      const profile = profiles.get(name);
      if (profile === undefined) throw new Error(`no machine is called ${name}`);
      return profile;
    },
    openPhone: () => browser.newPage({ viewport: { width: 390, height: 800 } }),
    endEdge: async () => {
      await running?.close();
      running = undefined;
    },
    beginEdge: async () => {
      running = await startAt(Number(new URL(edge.url).port));
    },
    close: () => all.disposeAsync(),
  };
}

/** Leaves a picture of a step, where pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await screenshot(page, join(pictures, `${name}.png`));
}
