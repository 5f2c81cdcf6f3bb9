export const id = 925;
export const ids = [925];
export const modules = {

/***/ 925:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openInspection: () => (/* binding */ openInspection)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-cloudwatch/dist-cjs/index.js
var dist_cjs = __webpack_require__(4085);
// EXTERNAL MODULE: ./src/adapters/client.ts
var adapters_client = __webpack_require__(2173);
;// CONCATENATED MODULE: ./src/adapters/cloudwatch.ts


/** Everything Amazon SageMaker publishes about training jobs. */
const NAMESPACE = '/aws/sagemaker/TrainingJobs';
/** GetMetricData takes no more queries at once. */
const MOST_QUERIES = 500;
/** Of one question; GetMetricData answers 100,800 points a page. */
const MOST_PAGES = 10;
function openMetrics(config) {
    const client = (0,adapters_client/* askAgainWhenUnreadable */.F)(new dist_cjs/* CloudWatchClient */.WBn(config));
    return {
        series: async (question) => {
            const metrics = question.metrics.slice(0, MOST_QUERIES);
            const points = await readPoints(client, { ...question, metrics });
            return metrics.map((metric, index) => ({ ...metric, points: points.get(idOf(index)) ?? [] }));
        },
    };
}
/** A query's id must begin with a small letter. */
function idOf(index) {
    return `m${index}`;
}
async function readPoints(client, { jobName, metrics, from, to, period }) {
    const queries = metrics.map(({ host, name, statistic }, index) => ({
        Id: idOf(index),
        MetricStat: {
            Metric: {
                Namespace: NAMESPACE,
                MetricName: name,
                Dimensions: [{ Name: 'Host', Value: `${jobName}/${host}` }],
            },
            Period: period,
            Stat: statistic,
        },
    }));
    const points = new Map();
    let next;
    for (let page = 0; page < MOST_PAGES && (page === 0 || next); page++) {
        const answer = await client.send(new dist_cjs/* GetMetricDataCommand */.Soe({
            MetricDataQueries: queries,
            StartTime: new Date(from * 1000),
            EndTime: new Date(to * 1000),
            ScanBy: 'TimestampAscending',
            NextToken: next,
        }));
        for (const { Id = '', Timestamps = [], Values = [] } of answer.MetricDataResults ?? []) {
            const known = points.get(Id) ?? [];
            Timestamps.forEach((time, index) => {
                const value = Values[index];
                if (value !== undefined)
                    known.push([time.getTime() / 1000, value]);
            });
            points.set(Id, known);
        }
        next = answer.NextToken;
    }
    return points;
}

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var client_ecr_dist_cjs = __webpack_require__(8249);
// EXTERNAL MODULE: ./src/adapters/ecr-images.ts
var ecr_images = __webpack_require__(3757);
;// CONCATENATED MODULE: ./src/adapters/ecr-config.ts
/** What stands in an image's configuration blob, by way of ECR's own download link: no registry login is needed. */


/** Milliseconds. */
const PATIENCE = 10_000;
/** A configuration holds a few kilobytes; a history of thousands of steps some hundred. Bytes. */
const LARGEST_CONFIG = 4 * 1024 * 1024;
function openImageConfigs(config) {
    const client = new client_ecr_dist_cjs/* ECRClient */.S70(config);
    return async (repository, id, registryId) => {
        const [image] = await (0,ecr_images/* findImages */.M)(client, repository, [id], registryId);
        if (!image)
            return undefined;
        const layerDigest = configDigest(image.manifest);
        const answer = await client.send(new client_ecr_dist_cjs/* GetDownloadUrlForLayerCommand */.pKL({ repositoryName: repository, registryId, layerDigest }));
        return toConfig(JSON.parse(await download(answer.downloadUrl ?? '')));
    };
}
function configDigest(manifest) {
    const { config } = JSON.parse(manifest);
    if (!config?.digest)
        throw new Error('the manifest is an index: it names no single image');
    return config.digest;
}
async function download(url) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok)
        throw new Error(`${new URL(url).host} answered ${answer.status}`);
    if (Number(answer.headers.get('content-length') ?? 0) > LARGEST_CONFIG)
        throw new Error('the configuration of the image is too large');
    return answer.text();
}
function toConfig(parsed) {
    const { architecture, config } = Object(parsed);
    return {
        architecture: typeof architecture === 'string' ? architecture : undefined,
        entrypoint: texts(config?.Entrypoint),
        command: texts(config?.Cmd),
    };
}
function texts(value) {
    return Array.isArray(value) ? value.map(String) : [];
}

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-iam/dist-cjs/index.js
var client_iam_dist_cjs = __webpack_require__(6764);
;// CONCATENATED MODULE: ./src/adapters/iam.ts


/** IAM is one service for all regions of a partition; the client knows its place by the region. */
function openPolicies(config) {
    const client = (0,adapters_client/* askAgainWhenUnreadable */.F)(new client_iam_dist_cjs/* IAMClient */.h8v(config));
    return {
        simulate: async ({ roleArn, actions, resources }) => {
            const answer = await client.send(new client_iam_dist_cjs/* SimulatePrincipalPolicyCommand */.kUw({
                PolicySourceArn: roleArn,
                ActionNames: [...actions],
                ResourceArns: [...resources],
                // The answer to so few questions fits into one page.
                MaxItems: 1000,
            }));
            return (answer.EvaluationResults ?? []).map(({ EvalActionName, EvalResourceName, EvalDecision, MissingContextValues }) => ({
                action: EvalActionName ?? '',
                resource: EvalResourceName ?? '*',
                decision: EvalDecision ?? 'implicitDeny',
                missingContext: MissingContextValues ?? [],
            }));
        },
    };
}

// EXTERNAL MODULE: ./src/adapters/s3.ts
var s3 = __webpack_require__(200);
;// CONCATENATED MODULE: ./src/adapters/inspection.ts




/** Best effort: an explanation can do without an answer, so it is asked for twice and not for minutes. */
const ATTEMPTS = 2;
/** A chunk of its own: only an explanation needs these clients. */
function openInspection(shared) {
    const config = { ...shared, maxAttempts: ATTEMPTS };
    return {
        metrics: openMetrics(config),
        policies: openPolicies(config),
        store: (0,s3/* openStore */.C)(config, { followRegionRedirects: false }),
        imageConfig: openImageConfigs(config),
    };
}


/***/ })

};
