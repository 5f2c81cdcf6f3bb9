import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { limited } from './access.ts';
import { commentOperations } from './comments.ts';
import { createGitHubRecords } from './records.ts';
import { repositoryOperations } from './repository.ts';
import { statusOperations } from './statuses.ts';

/** GitHub's REST API, as far as a run on a pull request uses it. */
export function createGitHub(cloud: Cloud): Service {
  const records = cloud.shared(createGitHubRecords);
  const operations = {
    ...repositoryOperations(cloud, records),
    ...commentOperations(cloud, records),
    ...statusOperations(cloud, records),
  };
  return Object.fromEntries(
    Object.entries(operations).map(([name, handler]) => [name, limited(cloud, records, handler)]),
  );
}
