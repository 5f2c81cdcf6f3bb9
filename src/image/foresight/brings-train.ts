/** Where a program called `train` comes from, which SageMaker starts where there is no ENTRYPOINT. Pure. */

/** It installs the toolkit, or perhaps: packages whose names are not seen here. */
const RUN_BRINGS_TRAIN = /sagemaker|\btrain\b|requirements|environment\.ya?ml|pip install (?:-e )?\.|install \./i;

/** Whether an instruction installs a toolkit of SageMaker or brings a program called `train`, or may. */
export function bringsTrain(name: string, text: string): boolean {
  if (name === 'RUN') return RUN_BRINGS_TRAIN.test(text);
  return (name === 'COPY' || name === 'ADD') && /(?:^|[\s/"])train["\]\s]*(?:\s|$)/.test(text);
}
