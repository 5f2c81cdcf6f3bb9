/** The places in S3 that a request names, and what one look at each of them answers. */
import { messageOf } from '../../failure.ts';
import { readServiceError, type ServiceError } from '../../job/service-errors.ts';
import type { Inspection } from '../../ports.ts';
import type { DataProbe } from '../evidence.ts';
import type { RequestFacts } from '../request-facts.ts';

export interface Place {
  readonly uri: string;
  readonly use: DataProbe['use'];
}

/** Where the training toolkit finds the program of script mode. */
const SOURCE = 'sagemaker_submit_directory';
/** A request has at most 20 channels. */
const MOST_PLACES = 24;

/** Each place once for each use. */
export function placesOf({ channels, hyperparameters, checkpointUri, outputUri }: RequestFacts): readonly Place[] {
  const source = /s3:\/\/[^\s"']+/.exec(hyperparameters?.[SOURCE] ?? '')?.[0];
  const uris: readonly (readonly [DataProbe['use'], string | undefined])[] = [
    ...(channels ?? []).map(({ uri }) => ['input', uri] as const),
    ['source', source],
    ['checkpoint', checkpointUri],
    ['output', outputUri],
  ];
  const places = uris.flatMap(([use, uri]) => (uri?.startsWith('s3://') ? [{ use, uri }] : []));
  return [...new Map(places.map((place) => [`${place.use} ${place.uri}`, place])).values()].slice(0, MOST_PLACES);
}

/** One listing page each; never throws. */
export function probe(places: readonly Place[], { list }: Inspection['store']): Promise<readonly DataProbe[]> {
  return Promise.all(
    places.map(async ({ uri, use }): Promise<DataProbe> => {
      try {
        const { objects, next } = await list(uri);
        const count = `${objects.length}${next === undefined ? '' : ' and more'} objects`;
        return { uri, use, answer: objects.length > 0 ? 'found' : 'empty', detail: count };
      } catch (error) {
        const answer = ANSWERS[readServiceError('other', error)] ?? 'unknown';
        return { uri, use, answer, detail: messageOf(error) };
      }
    }),
  );
}

const ANSWERS: Readonly<Partial<Record<ServiceError, DataProbe['answer']>>> = {
  denied: 'denied',
  'no-bucket': 'no-bucket',
  'other-region': 'other-region',
};
