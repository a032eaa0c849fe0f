// The manifest and the code name the same commands, settings and context keys, and every text is there.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mcpProviderId, toolNames } from '../../extension/ai/names.ts';
import { commandIds } from '../../extension/commands.ts';
import { contextKeys, stackViewId } from '../../extension/contexts.ts';
import {
  gatePolicies,
  getEndpoint,
  getGatePolicy,
  getOriginPolicy,
  originPolicies,
  getOverride,
  isFormatAsked,
  overrides,
  settingIds,
} from '../../extension/settings.ts';

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: unknown };
  };
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac: string;
      readonly when: string;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when?: string }[];
    readonly languageModelTools: readonly { readonly name: string }[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly completionEvents: readonly string[] }[];
    }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<
      Record<
        string,
        readonly {
          readonly command?: string;
          readonly submenu?: string;
          readonly when?: string;
          readonly group?: string;
        }[]
      >
    >;
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          { readonly default: unknown; readonly scope: string; readonly enum?: readonly string[] }
        >
      >;
    };
  };
}

const root = join(import.meta.dirname, '../..');
const source = readFileSync(join(root, 'package.json'), 'utf8');
const { capabilities, contributes, icon }: Manifest = JSON.parse(source);
const texts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
const menuItems = Object.values(contributes.menus).flat();

describe('the manifest', () => {
  it('lists the commands that the code registers', () => {
    expect(contributes.commands.map(({ command }) => command)).toEqual(commandIds);
  });

  it('puts only those commands into menus', () => {
    const known = new Set<string>(commandIds);
    const submenus = new Set(contributes.submenus.map(({ id }) => id));
    for (const { command, submenu } of menuItems)
      expect(command === undefined ? submenus.has(submenu ?? '') : known.has(command)).toBe(true);
  });

  it('lets every command be reached without a pointer: by the palette, or by a menu that keys open', () => {
    const { commandPalette = [], ...menus } = contributes.menus;
    const hidden = commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    // The small buttons of rows and titles are for pointers.
    const byKeys = new Set(
      Object.values(menus)
        .flat()
        .filter(({ group }) => !/^(?:inline|navigation)/.test(group ?? ''))
        .map(({ command }) => command),
    );
    expect(hidden.filter((command) => !byKeys.has(command))).toEqual([]);
  });

  it.each(['key', 'mac'] as const)('gives no %s to two commands', (system) => {
    const keys = contributes.keybindings.map((binding) => binding[system]);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('tells in the README which keys push and pull', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const ofEditors = contributes.keybindings.filter(({ when }) => when.includes('editorTextFocus'));
    expect(ofEditors.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['pybin.push', 'pybin.pullLatest']),
    );
    for (const { command, key, mac } of ofEditors) {
      const title = texts[command.replace('pybin.', 'command.')];
      const row = readme.split('\n').find((line) => line.startsWith(`| **pybin: ${title}**`));
      for (const keys of [key, mac]) expect(row).toContain(`\`${labelOf(keys)}\``);
    }
  });

  it('asks for the context keys that the code keeps', () => {
    const places = [...menuItems, ...contributes.keybindings, ...contributes.viewsWelcome];
    const asked = places.flatMap(
      ({ when }) =>
        when
          ?.replaceAll(`== ${stackViewId}`, '')
          .replaceAll(/config\.pybin\.[\w.]+/g, '')
          .match(/pybin\.\w+/g) ?? [],
    );
    expect(new Set(asked)).toEqual(new Set(contextKeys));
  });

  it('has the view that the code fills, with an icon', () => {
    const views = Object.values(contributes.views).flat();
    expect(views.map(({ id }) => id)).toEqual([stackViewId]);
    for (const { view } of contributes.viewsWelcome) expect(view).toBe(stackViewId);
    for (const { icon: file } of views) expect(readFileSync(join(root, file), 'utf8')).toContain('<svg');
  });

  it('lists the settings that the code reads, out of a repository’s reach', () => {
    const { properties } = contributes.configuration;
    expect(Object.keys(properties)).toEqual(settingIds);
    const scopes = Object.entries(properties).map(([id, { scope }]) => [id, scope]);
    expect(scopes.filter(([, scope]) => scope !== 'application')).toEqual([
      ['pybin.lint.ruffPath', 'machine-overridable'],
      ['pybin.push.format', 'language-overridable'],
    ]);
  });

  it('names settings by which a folder could run a program, so that one that isn’t trusted can’t', () => {
    const { supported, restrictedConfigurations } = capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect(restrictedConfigurations).toEqual(['pybin.lint.ruffPath']);
  });

  it('says that a file that is on no disk gets less', () => {
    expect(capabilities.virtualWorkspaces.supported).toBe('limited');
  });

  it('has the defaults and values that the code has', () => {
    const { properties } = contributes.configuration;
    const nothingSet = { get: () => undefined };
    expect({ ok: true, value: properties['pybin.endpoint']?.default }).toEqual(getEndpoint(nothingSet));
    expect(properties['pybin.lint.gate']?.default).toBe(getGatePolicy(nothingSet));
    expect(properties['pybin.lint.gate']?.enum).toEqual(gatePolicies);
    expect(properties['pybin.push.origin']?.default).toBe(getOriginPolicy(nothingSet));
    expect(properties['pybin.push.origin']?.enum).toEqual(originPolicies);
    expect(properties['pybin.lint.override']?.default).toBe(getOverride(nothingSet));
    expect(properties['pybin.lint.override']?.enum).toEqual(overrides);
    expect(properties['pybin.push.format']?.default).toBe(isFormatAsked(nothingSet));
  });

  it('ends steps of the walkthrough by what happens here', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    const known = new Set([
      ...commandIds.map((id) => `onCommand:${id}`),
      `onCommand:${stackViewId}.focus`,
      `onView:${stackViewId}`,
      ...contextKeys.map((key) => `onContext:${key}`),
    ]);
    expect(events.filter((event) => !known.has(event.replace(/ [=&].*/, '')))).toEqual([]);
  });

  it('ends a step also by what was so before the walkthrough was opened, which VS Code passes over', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const opened = ' && activeEditor == gettingStartedPage';
    for (const { completionEvents } of steps) {
      const contexts = completionEvents.filter((event) => event.startsWith('onContext:'));
      const plain = contexts.filter((event) => !event.endsWith(opened));
      expect(contexts.filter((event) => event.endsWith(opened))).toEqual(
        plain.map((event) => event + opened),
      );
    }
  });

  it('describes the tools and the server that the code gives to language models', () => {
    expect(contributes.languageModelTools.map(({ name }) => name)).toEqual(toolNames);
    expect(contributes.mcpServerDefinitionProviders.map(({ id }) => id)).toEqual([mcpProviderId]);
  });

  it('has a text for each placeholder, and no text without one', () => {
    const placeholders = [...source.matchAll(/"%([\w.]+)%"/g)].map(([, name]) => name);
    expect(new Set(placeholders)).toEqual(new Set(Object.keys(texts)));
  });

  it('has an icon of at least 128 pixels', () => {
    const png = readFileSync(join(root, icon));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(Math.min(png.readUInt32BE(16), png.readUInt32BE(20))).toBeGreaterThanOrEqual(128);
  });
});

/** `ctrl+k shift+b` as people read it: `Ctrl+K Shift+B`. */
function labelOf(keys: string): string {
  return keys.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
