/** The job that a run ends up following or reporting. */
export interface StartedJob {
  readonly name: string;
  readonly arn: string;
  /** `watched`: another run started it, and `mode: watch` was told its name. */
  readonly origin: 'started' | 'adopted' | 'reused' | 'watched';
  readonly checkpointUri: string;
  /** Epoch seconds of the job's creation, for adopted and reused ones. */
  readonly createdAt: number | undefined;
}
