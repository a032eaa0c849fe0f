// Takes what a window shows in every theme, all of them on one sheet: what is wrong in one is seen beside the others.

import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

/** The themes, what a person’s system asks for where the editor wears each, and the class that its workbench has then. */
const themes = [
  { name: 'Light Modern', colorScheme: 'light', isHighContrast: false, className: 'light_modern' },
  { name: 'Dark Modern', colorScheme: 'dark', isHighContrast: false, className: 'dark_modern' },
  { name: 'High Contrast Light', colorScheme: 'light', isHighContrast: true, className: 'hc_light' },
  { name: 'High Contrast', colorScheme: 'dark', isHighContrast: true, className: 'hc_black' },
] as const;
type Theme = (typeof themes)[number];

/** The settings by which the editor follows its person’s system. */
export const followSystem = {
  'window.autoDetectColorScheme': true,
  'window.autoDetectHighContrast': true,
  'workbench.preferredLightColorTheme': 'Light Modern',
  'workbench.preferredDarkColorTheme': 'Dark Modern',
  'workbench.preferredHighContrastLightColorTheme': 'Default High Contrast Light',
  'workbench.preferredHighContrastColorTheme': 'Default High Contrast',
} as const;

/** A window of the editor, in pixels: four of them on a sheet are still read without a glass. */
export const screen = { width: 900, height: 600, scale: 1 } as const;

/** Where a pointer makes nothing appear: in the title bar, beside all that is in it. */
const aside = { x: 120, y: 8 } as const;

const CAPTION_HEIGHT = 22;

export class Camera {
  readonly #sheet: Page;
  readonly #directory: string;
  #count = 0;
  /** Where among the themes that is which is worn now. */
  #worn = 0;

  private constructor(sheet: Page, directory: string) {
    this.#sheet = sheet;
    this.#directory = directory;
  }

  /** @param directory where the sheets go, in the order in which they are taken; those of another time leave it */
  static async open(browser: Browser, directory: string): Promise<Camera> {
    await mkdir(directory, { recursive: true });
    const before = (await readdir(directory)).filter((name) => /^\d\d-[\w-]+\.png$/.test(name));
    await Promise.all(before.map((name) => rm(join(directory, name))));
    const viewport = { width: screen.width * 2, height: (screen.height + CAPTION_HEIGHT) * 2 };
    return new Camera(await browser.newPage({ viewport }), directory);
  }

  /**
   * Takes one surface. What is open stays open while the theme changes under it; the pointer is elsewhere.
   * @param again opens it once more for each theme, where it doesn't stay, and moves the pointer to where it is to be
   */
  async take(page: Page, name: string, again?: () => Promise<void>): Promise<void> {
    const shots = new Map<Theme, Buffer>();
    // The one that is worn already is the first.
    for (const theme of [...themes.slice(this.#worn), ...themes.slice(0, this.#worn)]) {
      await wear(page, theme);
      this.#worn = themes.indexOf(theme);
      if (again) await again();
      else await page.mouse.move(aside.x, aside.y, { steps: 4 });
      shots.set(theme, await page.screenshot({ animations: 'disabled' }));
    }
    const cells = themes.map(
      (theme) =>
        `<figure><figcaption>${name} · ${theme.name}</figcaption><img src="data:image/png;base64,${shots.get(theme)?.toString('base64')}"></figure>`,
    );
    await this.#sheet.setContent(`<style>
      body { margin: 0; display: grid; grid-template-columns: 1fr 1fr; background: #777 }
      figure { margin: 0; height: ${screen.height + CAPTION_HEIGHT}px }
      figcaption { font: 14px/${CAPTION_HEIGHT}px sans-serif; color: #fff; padding-left: 6px }
      img { display: block; width: ${screen.width}px }
    </style>${cells.join('')}`);
    this.#count += 1;
    const file = `${String(this.#count).padStart(2, '0')}-${name}.png`;
    await this.#sheet.screenshot({ path: join(this.#directory, file) });
    console.log(file);
  }
}

/** Changes the theme as the system does: nothing that is open loses the focus by it. */
async function wear(page: Page, { colorScheme, isHighContrast, className }: Theme): Promise<void> {
  // A browser that is told of forced colours forces them: only the editor is to hear of it.
  await page.evaluate((isForced) => {
    const host: { matchMedia: typeof matchMedia; ask?: typeof matchMedia } = globalThis;
    const ask = (host.ask ??= host.matchMedia);
    host.matchMedia = (query) =>
      ask.call(globalThis, query !== '(forced-colors: active)' ? query : isForced ? 'all' : 'not all');
  }, isHighContrast);
  const dressed = page.locator(`.monaco-workbench.vscode-theme-defaults-themes-${className}-json`);
  if ((await dressed.count()) > 0) return;
  // The editor looks when the system goes from light to dark or back, and a page hears of that in its next frame.
  await page.emulateMedia({ colorScheme: colorScheme === 'dark' ? 'light' : 'dark' });
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.emulateMedia({ colorScheme });
  await dressed.waitFor();
}
