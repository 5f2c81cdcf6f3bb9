/** Something about the image that will cost or break the training, known before either is begun. */
export interface Finding {
  readonly message: string;
  /** The line of the Dockerfile that it is about. */
  readonly line: number | undefined;
}
