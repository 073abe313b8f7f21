// A canvas element in, one that is as sharp as the screen and whose pixels can be written out. Next: painter.ts, map-painter.ts.
import type { Picture } from "../../logic/gil/pixels.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export class Surface {
  readonly context: CanvasRenderingContext2D;
  /** In pixels of the screen. */
  picture: Picture = { width: 0, pixels: new Uint32Array(0) };
  /** In pixels of the page; the context draws in these. */
  size: Size = { width: 0, height: 0 };
  ratio = 1;
  readonly #canvas: HTMLCanvasElement;
  #image: ImageData | undefined;

  constructor(canvas: HTMLCanvasElement, options: { readonly isSeeThrough: boolean }) {
    const context = canvas.getContext("2d", { alpha: options.isSeeThrough });
    if (!context) throw new Error("a browser without a 2D canvas");
    this.#canvas = canvas;
    this.context = context;
  }

  resize(size: Size): void {
    const ratio = devicePixelRatio || 1;
    const [width, height] = [Math.max(1, Math.round(size.width * ratio)), Math.max(1, Math.round(size.height * ratio))];
    if (width === this.#canvas.width && height === this.#canvas.height && ratio === this.ratio && this.size.width > 0)
      return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.size = size;
    this.ratio = ratio;
    this.#image = undefined;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** All of one colour; to be written into, then shown. */
  begin(colour: number): Picture {
    if (!this.#image) {
      this.#image = new ImageData(this.#canvas.width, this.#canvas.height);
      this.picture = { width: this.#canvas.width, pixels: new Uint32Array(this.#image.data.buffer) };
    }
    this.picture.pixels.fill(colour);
    return this.picture;
  }

  show(): void {
    if (this.#image) this.context.putImageData(this.#image, 0, 0);
  }

  wipe(): void {
    this.context.clearRect(0, 0, this.size.width, this.size.height);
  }
}
