// What is used of gifenc, which brings no types of its own.

declare module 'gifenc' {
  type Color = readonly [red: number, green: number, blue: number];

  interface FrameOptions {
    /** Of the first frame: for all of them. */
    readonly palette?: readonly Color[];
    /** In milliseconds. */
    readonly delay: number;
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    /** 1: what a frame leaves transparent stays as it was. */
    readonly dispose?: number;
  }

  interface Encoder {
    writeFrame(indexes: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  }

  const gifenc: {
    GIFEncoder(): Encoder;
    nearestColorIndex(palette: readonly Color[], color: Color): number;
  };
  export default gifenc;
}
