import { continueUpload, readBlob, startUpload } from './blobs.ts';
import type { RegistryAnswer, RegistryRequest } from './exchange.ts';
import { deleteManifest, listTags, readManifest, writeManifest } from './manifests.ts';

/** Operation names, as faults and the ledger know them, say what the request does; the spec itself gives none. */
interface Route {
  readonly operation: string;
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly handle: (request: RegistryRequest) => Promise<RegistryAnswer>;
}

const NAME = '[a-z0-9._/-]+';

const ROUTES: readonly Route[] = [
  { operation: 'StartBlobUpload', methods: ['POST'], path: route('blobs/uploads/?'), handle: startUpload },
  {
    operation: 'ContinueBlobUpload',
    methods: ['GET', 'PATCH', 'DELETE'],
    path: route('blobs/uploads/(?<reference>[^/]+)'),
    handle: continueUpload,
  },
  {
    operation: 'FinishBlobUpload',
    methods: ['PUT'],
    path: route('blobs/uploads/(?<reference>[^/]+)'),
    handle: continueUpload,
  },
  { operation: 'HeadBlob', methods: ['HEAD'], path: route('blobs/(?<reference>[^/]+)'), handle: readBlob },
  { operation: 'GetBlob', methods: ['GET'], path: route('blobs/(?<reference>[^/]+)'), handle: readBlob },
  { operation: 'HeadManifest', methods: ['HEAD'], path: route('manifests/(?<reference>[^/]+)'), handle: readManifest },
  { operation: 'GetManifest', methods: ['GET'], path: route('manifests/(?<reference>[^/]+)'), handle: readManifest },
  { operation: 'PutManifest', methods: ['PUT'], path: route('manifests/(?<reference>[^/]+)'), handle: writeManifest },
  {
    operation: 'DeleteManifest',
    methods: ['DELETE'],
    path: route('manifests/(?<reference>[^/]+)'),
    handle: deleteManifest,
  },
  { operation: 'ListTags', methods: ['GET'], path: route('tags/list'), handle: listTags },
];

function route(rest: string): RegExp {
  return new RegExp(`^/v2/(?<name>${NAME})/${rest}$`);
}

export interface RouteMatch extends Route {
  readonly name: string;
  readonly reference: string;
}

/** The route of a path, or undefined; `/v2/` itself, the check of the login, is not among them. */
export function findRoute(method: string, path: string): RouteMatch | undefined {
  for (const candidate of ROUTES) {
    const groups = candidate.methods.includes(method) ? candidate.path.exec(path)?.groups : undefined;
    if (groups) return { ...candidate, name: groups.name ?? '', reference: decodeURIComponent(groups.reference ?? '') };
  }
  return undefined;
}
