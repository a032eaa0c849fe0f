// Frames as one GIF that plays for ever. Flat colours come out exact: an interface is made of them, and the eye sees
// where a ground changes by one step. What a frame has in common with the one before is left out of it.

import gifenc from 'gifenc';

type Color = readonly [red: number, green: number, blue: number];

export interface Frame {
  /** Four bytes a pixel, row by row; all is taken for opaque. */
  readonly pixels: Uint8ClampedArray;
  readonly shownMs: number;
}

/** A GIF has 256 colours, one of which is "as before". */
const COLORS = 255;
const AS_BEFORE = 255;
/** So many of the commonest come out exact, however close: grounds. The others are edges of letters. */
const GROUNDS = 32;
/** Steps of red, green and blue, of 255, within which two colours at the edge of a letter are one. */
const ALIKE = 10;

/** @param frames each of this size, the first one at least */
export function encodeGif(frames: readonly Frame[], width: number, height: number): Uint8Array {
  const colors = frames.map(({ pixels }) => colorsOf(pixels));
  const palette = commonest(colors);
  const indexOf = indexIn(palette);
  const encoder = gifenc.GIFEncoder();
  let before: Uint8Array | undefined;
  for (const [place, { shownMs }] of frames.entries()) {
    const indexes = Uint8Array.from(colors[place] ?? [], indexOf);
    const shown = before;
    const news = shown ? indexes.map((index, at) => (index === shown[at] ? AS_BEFORE : index)) : indexes;
    encoder.writeFrame(news, width, height, {
      ...(shown ? { transparent: true, transparentIndex: AS_BEFORE } : { palette: palette.map(partsOf) }),
      delay: shownMs,
      dispose: 1,
    });
    before = indexes;
  }
  encoder.finish();
  return encoder.bytes();
}

/** Red, green and blue of each pixel as one number. */
function colorsOf(pixels: Uint8ClampedArray): Uint32Array {
  const colors = new Uint32Array(pixels.length / 4);
  for (let at = 0; at < colors.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at * 4, at * 4 + 3);
    colors[at] = (red << 16) | (green << 8) | blue;
  }
  return colors;
}

/** The colours that most pixels have; of those that nobody can tell apart, the commonest: so rare ones have a place. */
function commonest(frames: readonly Uint32Array[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const colors of frames) for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const byCount = [...counts].toSorted(([one, ones], [other, others]) => others - ones || one - other);
  const palette: number[] = [];
  for (const [color] of byCount) {
    if (palette.length === COLORS) break;
    if (palette.length < GROUNDS || palette.every((taken) => areDistinct(taken, color))) palette.push(color);
  }
  return palette;
}

function areDistinct(one: number, other: number): boolean {
  const parts = partsOf(other);
  return partsOf(one).some((part, at) => Math.abs(part - (parts[at] ?? 0)) > ALIKE);
}

/** Where a colour, or the nearest one, is in the palette. */
function indexIn(palette: readonly number[]): (color: number) => number {
  const parts = palette.map(partsOf);
  const known = new Map(palette.map((color, index) => [color, index]));
  return (color) => {
    const index = known.get(color) ?? gifenc.nearestColorIndex(parts, partsOf(color));
    known.set(color, index);
    return index;
  };
}

function partsOf(color: number): Color {
  return [(color >> 16) & 0xff, (color >> 8) & 0xff, color & 0xff];
}
