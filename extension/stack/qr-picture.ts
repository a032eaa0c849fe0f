// An address as a QR code, for a phone's camera. Black on white with its quiet zone, whatever the theme: that is what
// readers are made for. Bundled to a file of its own, which is loaded when a picture is first needed.

import { encodeQR } from 'qr';

/** Light modules that the code needs around it (ISO/IEC 18004, 5.3.8). */
const QUIET_ZONE = 4;

/** The picture as a `data:` address of an SVG, as wide and high in pixels. */
export function qrPicture(text: string, pixels: number): string {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  const size = modules.length;
  const dark = modules.flatMap((row, y) =>
    runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${pixels}" height="${pixels}" shape-rendering="crispEdges">`,
    `<path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/>`,
    `<path d="${dark.join('')}"/></svg>`,
  ];
  return `data:image/svg+xml;base64,${btoa(svg.join(''))}`;
}

/** Where dark modules follow each other in a row, and how many. */
function runs(row: readonly boolean[]): readonly (readonly [start: number, length: number])[] {
  const found: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    if (!isDark) continue;
    const last = found.at(-1);
    if (last && last[0] + last[1] === x) last[1] += 1;
    else found.push([x, 1]);
  }
  return found;
}
