/** Addresses of the AWS console. */

const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

export interface ConsolePlace {
  readonly region: string;
  readonly partition: string;
}

export function jobLink(place: ConsolePlace, jobName: string): string {
  return `${root(place)}/sagemaker/home?region=${place.region}#/jobs/${encodeURIComponent(jobName)}`;
}

/** The log streams of one job. The console encodes this part of its address twice, with `$` for `%`. */
export function logsLink(place: ConsolePlace, jobName: string): string {
  const twice = (text: string) => encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$');
  const once = (text: string) => encodeURIComponent(text).replaceAll('%', '$');
  const filter = once(`?logStreamNameFilter=${jobName}/`);
  return `${root(place)}/cloudwatch/home?region=${place.region}#logsV2:log-groups/log-group/${twice('/aws/sagemaker/TrainingJobs')}${filter}`;
}

/** An S3 prefix or object (`s3://bucket/key`) in the S3 console. */
export function storeLink(place: ConsolePlace, uri: string): string {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  const kind = key.endsWith('/') || key === '' ? 'buckets' : 'object';
  return `${root(place)}/s3/${kind}/${encodeURIComponent(bucket)}?region=${place.region}&prefix=${encodeURIComponent(key)}`;
}

function root({ region, partition }: ConsolePlace): string {
  return `https://${region}.${CONSOLES[partition] ?? CONSOLES.aws}`;
}
