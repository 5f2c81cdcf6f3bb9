/** The job that a run ends up following or reporting. */
export interface StartedJob {
  readonly name: string;
  readonly arn: string;
  readonly origin: 'started' | 'adopted' | 'reused';
  readonly checkpointUri: string;
  /** Epoch seconds of the job's creation, for adopted and reused ones. */
  readonly createdAt: number | undefined;
}
