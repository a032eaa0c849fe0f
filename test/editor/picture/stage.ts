// Where the frames of the picture are painted: what an editor shows, or a terminal, under a line that says what happens.

import type { Browser, Page } from 'playwright-core';
import type { Frame } from './gif.ts';

/** An editor's window, in its own pixels, and how much larger each is in the picture. */
export const screen = { width: 750, height: 420, scale: 1.2 } as const;

const CAPTION_HEIGHT = 52;
export const stageWidth: number = screen.width * screen.scale;
export const stageHeight: number = screen.height * screen.scale + CAPTION_HEIGHT;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Scene {
  /** What happens, for those who see the picture for the first time. */
  readonly caption: string;
  /** Where it happens. */
  readonly machine: string;
  /** A window as it is, or the lines of a terminal. */
  readonly shown: Page | readonly string[];
  /** Where the mouse is, in the window's own pixels. */
  readonly pointer?: Point | undefined;
}

interface Painted extends Omit<Scene, 'shown'> {
  /** A PNG in base64, or lines. */
  readonly shown: string | readonly string[];
}

export interface Stage {
  readonly frames: readonly Frame[];
  /** Adds a frame. */
  show(scene: Scene, shownMs: number): Promise<void>;
}

export async function openStage(browser: Browser): Promise<Stage> {
  const page = await browser.newPage();
  const frames: Frame[] = [];
  const sizes = {
    width: stageWidth,
    height: stageHeight,
    captionHeight: CAPTION_HEIGHT,
    scale: screen.scale,
  };
  return {
    frames,
    show: async ({ shown, ...words }, shownMs) => {
      const painted: Painted = {
        ...words,
        shown: isLines(shown) ? shown : await takePicture(shown),
      };
      const pixels = await page.evaluate(paint, { ...sizes, ...painted });
      frames.push({ pixels: new Uint8ClampedArray(Buffer.from(pixels, 'base64')), shownMs });
    },
  };
}

function isLines(shown: Scene['shown']): shown is readonly string[] {
  return Array.isArray(shown);
}

async function takePicture(page: Page): Promise<string> {
  const png = await page.screenshot({ animations: 'disabled', caret: 'initial' });
  return png.toString('base64');
}

/** Runs in the stage's page, which decodes PNGs and knows fonts. @returns the pixels in base64 */
async function paint(
  scene: Painted & { width: number; height: number; captionHeight: number; scale: number },
): Promise<string> {
  const { width, height, captionHeight, scale, caption, machine, shown, pointer } = scene;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the page can’t paint');

  context.fillStyle = '#131c28';
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  context.font = 'bold 20px sans-serif';
  context.fillStyle = '#ffffff';
  context.fillText(caption, 18, captionHeight / 2);
  context.font = '17px sans-serif';
  context.textAlign = 'right';
  context.fillStyle = '#ffd34e';
  context.fillText(machine, width - 18, captionHeight / 2);
  context.textAlign = 'left';

  context.translate(0, captionHeight);
  if (typeof shown === 'string') {
    const png = await (await fetch(`data:image/png;base64,${shown}`)).blob();
    context.drawImage(await createImageBitmap(png), 0, 0);
  } else {
    context.fillStyle = '#0c1118';
    context.fillRect(0, 0, width, height);
    context.font = '22px monospace';
    for (const [index, line] of shown.entries()) {
      context.fillStyle = line.startsWith('$') ? '#ffffff' : '#a9d1a0';
      context.fillText(line, 28, 44 + index * 34);
    }
  }
  if (pointer) {
    context.translate(pointer.x * scale, pointer.y * scale);
    context.scale(1.5, 1.5);
    context.beginPath();
    for (const [x, y] of [
      [0, 0],
      [0, 16],
      [4, 12.5],
      [6.8, 18.5],
      [9.3, 17.4],
      [6.6, 11.5],
      [12, 11.5],
    ] as const)
      context.lineTo(x, y);
    context.closePath();
    context.fillStyle = '#000000';
    context.strokeStyle = '#ffffff';
    context.lineWidth = 1.2;
    context.fill();
    context.stroke();
  }
  const { data } = context.getImageData(0, 0, width, height);
  // Text in base64 is what a page hands over fastest; in pieces, because a call takes so many parameters.
  const piece = 32_768;
  let bytes = '';
  for (let at = 0; at < data.length; at += piece)
    bytes += String.fromCharCode(...data.subarray(at, at + piece));
  return btoa(bytes);
}
