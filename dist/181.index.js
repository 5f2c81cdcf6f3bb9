export const id = 181;
export const ids = [181];
export const modules = {

/***/ 5181:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openAws: () => (/* binding */ openAws)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-sts/dist-cjs/index.js
var dist_cjs = __webpack_require__(1695);
// EXTERNAL MODULE: ./src/adapters/client.ts
var adapters_client = __webpack_require__(2173);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 18 modules
var core = __webpack_require__(6257);
// EXTERNAL MODULE: ./src/adapters/clock.ts
var adapters_clock = __webpack_require__(3350);
;// CONCATENATED MODULE: ./src/adapters/id-token.ts



/** Seconds between the attempts, and how long each may take: by itself the toolkit waits three minutes for a stalled answer. */
const PAUSES = [2, 5, 10];
const ATTEMPT = 20;
/** No right to a token, or no place to ask: asking again changes nothing. */
const FINAL = /Error Code : 40[134]\b|env variable/;
/** GitHub's OIDC token of this job, which lives five minutes. Throws a Failure. */
async function idToken(audience, clock = adapters_clock/* clock */.p) {
    for (let attempt = 0;; attempt++) {
        try {
            return await withinAttempt(core/* getIDToken */.V9(audience), clock);
        }
        catch (error) {
            const pause = PAUSES[attempt];
            const refused = FINAL.test((0,failure/* messageOf */.b)(error));
            if (refused || pause === undefined)
                throw missing(error, refused);
            await clock.sleep(pause);
        }
    }
}
/** What was asked goes on in the background: its late answer, or error, is nobody's any more. */
async function withinAttempt(asked, clock) {
    const over = new AbortController();
    const limit = clock.sleep(ATTEMPT, over.signal).then(() => {
        throw new Error(`no answer within ${ATTEMPT} s`);
    });
    limit.catch(() => undefined);
    asked.catch(() => undefined);
    try {
        return await Promise.race([asked, limit]);
    }
    finally {
        over.abort();
    }
}
function missing(error, refused) {
    return new failure/* Failure */.H(refused ? 'CREDENTIALS_MISSING' : 'GITHUB_UNAVAILABLE', `GitHub gave this job no OIDC token: ${(0,failure/* messageOf */.b)(error).replace(/\s+/g, ' ')}`, 'Give the job `permissions: { id-token: write }` (a reusable workflow needs it in the caller as well).', error);
}

;// CONCATENATED MODULE: ./src/adapters/credentials.ts




/** Renewed this long before expiry; the SDK itself asks again from five minutes before. Seconds. */
const RENEW_BEFORE = 600;
/** A session that cannot be renewed is used up to here. Seconds before its expiry. */
const LAST_USE = 30;
/**
 * One provider for all clients. GitHub's OIDC token lives five minutes and cannot be used again later, and each client
 * would ask on its own: so a fresh token per session, the session kept until it is nearly over, and one request at a time.
 */
function roleCredentials(region, role, doors) {
    let session;
    let renewal;
    const secondsLeft = () => (session ? session.expiration.getTime() / 1000 - doors.clock.now() : 0);
    // Short sessions (900 s is STS's least) are renewed at a third of their life, not at once.
    const margin = Math.min(RENEW_BEFORE, role.durationSeconds / 3);
    return async () => {
        if (session && secondsLeft() > margin)
            return session;
        renewal ??= assume(region, role, doors).finally(() => {
            renewal = undefined;
        });
        try {
            session = await renewal;
        }
        catch (error) {
            // A renewal comes minutes before it is needed: what GitHub or STS refuse now, they may grant at the next request.
            if (session === undefined || secondsLeft() <= LAST_USE)
                throw error;
        }
        return session;
    };
}
async function assume(region, role, { secrets }) {
    const token = await idToken(role.audience);
    secrets.add(token);
    // The call itself is not signed; without this the client would look for credentials of its own.
    const unsigned = { ...(0,adapters_client/* clientConfig */.y)(region, undefined), credentials: { accessKeyId: '', secretAccessKey: '' } };
    const sts = (0,adapters_client/* askAgainWhenUnreadable */.F)(new dist_cjs/* STSClient */.iM(unsigned));
    const answer = await sts.send(new dist_cjs/* AssumeRoleWithWebIdentityCommand */.WH({
        RoleArn: role.arn,
        RoleSessionName: role.sessionName,
        WebIdentityToken: token,
        DurationSeconds: role.durationSeconds,
    }));
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
        throw new failure/* Failure */.H('CREDENTIALS_MISSING', 'AWS STS answered without credentials.', 'Run the job again; if it stays, check the role in IAM.');
    }
    secrets.add(SecretAccessKey);
    secrets.add(SessionToken);
    return {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        expiration: Expiration,
    };
}

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var client_ecr_dist_cjs = __webpack_require__(8249);
;// CONCATENATED MODULE: ./src/adapters/ecr-configuration.ts
/** The configuration of an image: platform, entrypoint, history. A blob like its layers, of a few kilobytes. */

/** It only warns of what will go wrong: nobody waits long for that. Milliseconds. */
const PATIENCE = 10_000;
/** Larger ones are none. Bytes. */
const LARGEST = 4_000_000;
async function readConfiguration(client, repositoryName, { manifest, registryId }) {
    const { config } = JSON.parse(manifest);
    if (config?.digest === undefined || (config.size ?? 0) > LARGEST)
        return undefined;
    const abortSignal = AbortSignal.timeout(PATIENCE);
    const command = new client_ecr_dist_cjs/* GetDownloadUrlForLayerCommand */.pKL({ repositoryName, registryId, layerDigest: config.digest });
    const { downloadUrl } = await client.send(command, { abortSignal });
    const answer = await fetch(downloadUrl ?? '', { signal: abortSignal });
    if (!answer.ok)
        throw new Error(`Amazon ECR gave a link that answers ${answer.status}`);
    return answer.text();
}

// EXTERNAL MODULE: ./src/adapters/ecr-images.ts
var ecr_images = __webpack_require__(3757);
;// CONCATENATED MODULE: ./src/adapters/ecr.ts





function openRegistry(config, secrets) {
    const client = (0,adapters_client/* askAgainWhenUnreadable */.F)(new client_ecr_dist_cjs/* ECRClient */.S70(config));
    const repositoryUri = async (name) => {
        try {
            const answer = await client.send(new client_ecr_dist_cjs/* DescribeRepositoriesCommand */.pE_({ repositoryNames: [name] }));
            return answer.repositories?.[0]?.repositoryUri;
        }
        catch (error) {
            if (error instanceof client_ecr_dist_cjs/* RepositoryNotFoundException */.Da2)
                return undefined;
            throw error;
        }
    };
    const images = (repository, ids, registryId) => (0,ecr_images/* findImages */.M)(client, repository, ids, registryId);
    return {
        login: async () => readToken((await client.send(new client_ecr_dist_cjs/* GetAuthorizationTokenCommand */.Eu6({}))).authorizationData?.[0], secrets),
        repositoryUri,
        createRepository: async (name, tags) => {
            try {
                const answer = await client.send(new client_ecr_dist_cjs/* CreateRepositoryCommand */.WTe({
                    repositoryName: name,
                    tags: [...tags],
                    imageScanningConfiguration: { scanOnPush: true },
                }));
                return stated(answer.repository?.repositoryUri, name);
            }
            catch (error) {
                if (!(error instanceof client_ecr_dist_cjs/* RepositoryAlreadyExistsException */.ERf))
                    throw error;
                return stated(await repositoryUri(name), name);
            }
        },
        image: async (repository, id, registryId) => (await images(repository, [id], registryId))[0],
        images,
        configuration: (repository, image) => readConfiguration(client, repository, image),
        putTag: (repository, image, tag) => (0,ecr_images/* putTag */.g)(client, repository, image, tag),
        hostOf: (registryId) => (standIn() ? undefined : awsHost(registryId, config.region)),
        standsBehind: (host) => standIn() && /^(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?$/.test(host),
    };
}
/** The SDK's own variables: whoever sets them asks something else than AWS. */
function standIn() {
    return Boolean(process.env.AWS_ENDPOINT_URL_ECR || process.env.AWS_ENDPOINT_URL);
}
function awsHost(registryId, region) {
    return `${registryId}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
function stated(uri, name) {
    if (uri)
        return uri;
    throw new failure/* Failure */.H('AWS_UNAVAILABLE', `Amazon ECR did not state the URI of the repository ${name}.`, 'Run the job again.');
}
/** The token is base64 of `AWS:<password>`; the host is ECR's own statement, never built from an account number. */
function readToken(data, secrets) {
    const decoded = Buffer.from(data?.authorizationToken ?? '', 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    if (colon < 1 || !data?.proxyEndpoint) {
        throw new failure/* Failure */.H('AWS_UNAVAILABLE', 'Amazon ECR answered without a login token.', 'Run the job again.');
    }
    const password = decoded.slice(colon + 1);
    secrets.add(password);
    secrets.add(data.authorizationToken ?? '');
    return { host: data.proxyEndpoint.replace(/^https?:\/\//, ''), username: decoded.slice(0, colon), password };
}

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-cloudwatch-logs/dist-cjs/index.js
var client_cloudwatch_logs_dist_cjs = __webpack_require__(2684);
;// CONCATENATED MODULE: ./src/adapters/logs.ts


/** All training jobs of an account and region log here. */
const LOG_GROUP = '/aws/sagemaker/TrainingJobs';
function openLogs(config) {
    const client = (0,adapters_client/* askAgainWhenUnreadable */.F)(new client_cloudwatch_logs_dist_cjs/* CloudWatchLogsClient */.TFr(config));
    return {
        streams: (prefix) => allStreams(client, prefix),
        events: async (stream, token) => {
            const page = await client.send(
            // `startFromHead` is needed with a forward token as well as without one.
            new client_cloudwatch_logs_dist_cjs/* GetLogEventsCommand */.h7S({
                logGroupName: LOG_GROUP,
                logStreamName: stream,
                nextToken: token,
                startFromHead: true,
            }));
            const events = (page.events ?? []).map(({ timestamp, message }) => ({
                timestamp: timestamp ?? 0,
                message: message ?? '',
            }));
            // The token is never null in a whole answer. Without it the page could not be told from the end: it is read again.
            if (!page.nextForwardToken)
                throw new Error('Amazon CloudWatch Logs answered without a token for the next page');
            return { events, nextToken: page.nextForwardToken };
        },
    };
}
async function allStreams(client, prefix) {
    const streams = [];
    try {
        for (let next, first = true; first || next; first = false) {
            const page = await client.send(new client_cloudwatch_logs_dist_cjs/* DescribeLogStreamsCommand */.w$R({ logGroupName: LOG_GROUP, logStreamNamePrefix: prefix, nextToken: next }));
            for (const { logStreamName } of page.logStreams ?? [])
                if (logStreamName)
                    streams.push({ name: logStreamName });
            next = page.nextToken;
        }
    }
    catch (error) {
        // The group appears with the first log line of the first job in an account and region.
        if (!(error instanceof client_cloudwatch_logs_dist_cjs/* ResourceNotFoundException */.lBX))
            throw error;
    }
    return streams;
}

// EXTERNAL MODULE: ./src/adapters/s3.ts
var s3 = __webpack_require__(200);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-sagemaker/dist-cjs/index.js
var client_sagemaker_dist_cjs = __webpack_require__(4459);
;// CONCATENATED MODULE: ./src/adapters/sagemaker.ts


function openTrainer(config) {
    const client = (0,adapters_client/* askAgainWhenUnreadable */.F)(new client_sagemaker_dist_cjs/* SageMakerClient */.kHU(config));
    return {
        create: async (request) => (await client.send(new client_sagemaker_dist_cjs/* CreateTrainingJobCommand */.jkj(request))).TrainingJobArn ?? '',
        describe: (name) => client.send(new client_sagemaker_dist_cjs/* DescribeTrainingJobCommand */.Sjt({ TrainingJobName: name })),
        stop: async (name) => {
            await client.send(new client_sagemaker_dist_cjs/* StopTrainingJobCommand */.JxN({ TrainingJobName: name }));
        },
        tags: async (arn) => {
            const tags = [];
            for (let next, first = true; first || next; first = false) {
                const page = await client.send(new client_sagemaker_dist_cjs/* ListTagsCommand */.bvr({ ResourceArn: arn, MaxResults: 100, NextToken: next }));
                tags.push(...(page.Tags ?? []));
                next = page.NextToken;
            }
            return tags;
        },
        addTags: async (arn, tags) => {
            await client.send(new client_sagemaker_dist_cjs/* AddTagsCommand */.yjM({ ResourceArn: arn, Tags: [...tags] }));
        },
        search: async (filters) => {
            const answer = await client.send(new client_sagemaker_dist_cjs/* SearchCommand */.uf$({
                Resource: 'TrainingJob',
                SearchExpression: { Operator: 'And', Filters: [...filters] },
                SortBy: 'CreationTime',
                SortOrder: 'Descending',
                MaxResults: 100,
            }));
            return (answer.Results ?? []).flatMap(({ TrainingJob: job }) => (job === undefined ? [] : [job]));
        },
    };
}

;// CONCATENATED MODULE: ./src/adapters/aws.ts







/** Opens the AWS doors. They share one region, one set of time-outs and one self-refreshing credentials provider. */
function openAws({ region, role }, doors) {
    const config = (0,adapters_client/* clientConfig */.y)(region, role && roleCredentials(region, role, doors));
    return {
        trainer: openTrainer(config),
        logs: openLogs(config),
        registry: openRegistry(config, doors.secrets),
        registryIn: (other) => openRegistry({ ...config, region: other }, doors.secrets),
        store: (0,s3/* openStore */.C)(config),
        identity: openIdentity(config),
        // Most runs never ask: its client is loaded at the first question.
        quotas: { value: async (code) => (await Promise.all(/* import() */[__webpack_require__.e(924), __webpack_require__.e(999)]).then(__webpack_require__.bind(__webpack_require__, 3999))).openQuotas(config).value(code) },
        inspection: () => Promise.all(/* import() */[__webpack_require__.e(976), __webpack_require__.e(925)]).then(__webpack_require__.bind(__webpack_require__, 925)).then((door) => door.openInspection(config)),
    };
}
function openIdentity(config) {
    const client = (0,adapters_client/* askAgainWhenUnreadable */.F)(new dist_cjs/* STSClient */.iM(config));
    return {
        caller: async () => {
            const { Account, Arn } = await client.send(new dist_cjs/* GetCallerIdentityCommand */.zI({}));
            return { account: Account ?? '', arn: Arn ?? '' };
        },
    };
}


/***/ }),

/***/ 2173:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ askAgainWhenUnreadable),
/* harmony export */   y: () => (/* binding */ clientConfig)
/* harmony export */ });
/**
 * The settings every AWS client shares: the one place of time-outs and retries. A stalled connection must end as an
 * error that the SDK retries, so the request time-out throws (by default the SDK only warns).
 * Attempts and times are chosen so that one call gives up within about two minutes.
 */
function clientConfig(region, credentials) {
    return {
        region,
        ...(credentials === undefined ? {} : { credentials }),
        maxAttempts: 5,
        retryMode: 'standard',
        requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    };
}
/**
 * An answer that cannot be read, cut short by a proxy for instance, says nothing: the client asks again as after a
 * failure of the server. By itself the SDK takes such an answer for a mistake of the caller.
 */
function askAgainWhenUnreadable(client) {
    client.middlewareStack.add((next) => async (args) => {
        try {
            return await next(args);
        }
        catch (error) {
            // `$fault` marks what the service itself had to say, `$response` what was read of an answer.
            if (error instanceof Error && '$response' in error && !('$fault' in error)) {
                Object.assign(error, { $retryable: { throttling: false } });
            }
            throw error;
        }
    }, { step: 'deserialize', priority: 'high', name: 'askAgainWhenUnreadable' });
    return client;
}


/***/ }),

/***/ 3757:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ findImages),
/* harmony export */   g: () => (/* binding */ putTag)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8249);
/** ECR's images by tag and digest: what pulls and pushes end with, without docker. */

/** All of them, so that ECR answers with the manifest that was pushed and converts none. */
const MANIFEST_TYPES = [
    'application/vnd.docker.distribution.manifest.v2+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.oci.image.index.v1+json',
];
/** BatchGetImage asks for the right that a pull needs as well; DescribeImages is not granted on other accounts' images. */
async function findImages(client, repository, ids, registryId) {
    const imageIds = ids.map((id) => ('tag' in id ? { imageTag: id.tag } : { imageDigest: id.digest }));
    try {
        const answer = await client.send(new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_0__/* .BatchGetImageCommand */ .P8n({
            repositoryName: repository,
            registryId,
            imageIds,
            acceptedMediaTypes: MANIFEST_TYPES,
        }));
        return imagesIn(answer, repository);
    }
    catch (error) {
        if (error instanceof _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_0__/* .RepositoryNotFoundException */ .Da2)
            return [];
        throw error;
    }
}
/** A missing image is no error; any other failure must not be taken for one. */
function imagesIn({ images = [], failures = [] }, repository) {
    const other = failures.find(({ failureCode }) => failureCode !== 'ImageNotFound' && failureCode !== 'ImageTagDoesNotMatchDigest');
    if (other !== undefined) {
        throw new Error(`Amazon ECR cannot show an image of ${repository}: ${other.failureCode} ${other.failureReason ?? ''}`);
    }
    return images.flatMap(({ imageId, imageManifest, imageManifestMediaType, registryId }) => {
        if (!imageId?.imageDigest || !imageManifest)
            return [];
        const { imageDigest: digest, imageTag: tag } = imageId;
        return [{ digest, tag, registryId, manifest: imageManifest, mediaType: imageManifestMediaType }];
    });
}
async function putTag(client, repository, { digest, manifest, mediaType }, tag) {
    try {
        await client.send(new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_0__/* .PutImageCommand */ .SUU({
            repositoryName: repository,
            imageTag: tag,
            imageDigest: digest,
            imageManifest: manifest,
            imageManifestMediaType: mediaType,
        }));
        return 'tagged';
    }
    catch (error) {
        // The very same image has the tag already: a retried call, or another run's.
        if (error instanceof _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_0__/* .ImageAlreadyExistsException */ .Bhs)
            return 'tagged';
        if (error instanceof _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_0__/* .ImageTagAlreadyExistsException */ .HI9)
            return 'kept';
        throw error;
    }
}


/***/ }),

/***/ 200:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ openStore)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3711);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2173);


function openStore(config, { followRegionRedirects = true } = {}) {
    const client = (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .askAgainWhenUnreadable */ .F)(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .S3Client */ .YxF({ ...config, followRegionRedirects }));
    return {
        put: async (uri, body) => {
            await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .PutObjectCommand */ .wKZ({ ...place(uri), Body: body }));
        },
        get: async (uri) => {
            try {
                return await (await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .GetObjectCommand */ .jLs(place(uri)))).Body?.transformToString();
            }
            catch (error) {
                if (error instanceof _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .NoSuchKey */ ._kG)
                    return undefined;
                throw error;
            }
        },
        exists: async (uri) => {
            try {
                await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .HeadObjectCommand */ .l81(place(uri)));
                return true;
            }
            catch (error) {
                // A HEAD answer has no body, so there is no error code to read: only the status tells.
                if (statusOf(error) === 404)
                    return false;
                throw error;
            }
        },
        list: async (uri, after) => {
            const { Bucket, Key } = place(uri);
            const page = await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .ListObjectsV2Command */ .u6x({ Bucket, Prefix: Key, ContinuationToken: after }));
            const objects = (page.Contents ?? []).map(toStoredObject);
            return page.NextContinuationToken === undefined ? { objects } : { objects, next: page.NextContinuationToken };
        },
    };
}
function place(uri) {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
    if (!bucket)
        throw new TypeError(`not an S3 URI: ${uri}`);
    return { Bucket: bucket, Key: key ?? '' };
}
function toStoredObject({ Key, ETag, Size, LastModified }) {
    return { key: Key ?? '', etag: ETag ?? '', sizeBytes: Size ?? 0, modifiedAt: (LastModified?.getTime() ?? 0) / 1000 };
}
function statusOf(error) {
    return error.$metadata?.httpStatusCode;
}


/***/ })

};
