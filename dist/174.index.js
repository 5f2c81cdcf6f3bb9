export const id = 174;
export const ids = [174];
export const modules = {

/***/ 6174:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGitHub: () => (/* binding */ openGitHub)
});

// EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js
var github = __webpack_require__(1351);
// EXTERNAL MODULE: ./node_modules/@actions/github/lib/utils.js + 19 modules
var utils = __webpack_require__(5555);
// EXTERNAL MODULE: ./node_modules/@octokit/plugin-retry/dist-bundle/index.js
var dist_bundle = __webpack_require__(9735);
// EXTERNAL MODULE: ./node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var plugin_throttling_dist_bundle = __webpack_require__(6856);
;// CONCATENATED MODULE: ./src/adapters/github-client.ts




/** The toolkit's fetch goes through the runner's proxy settings. */
const proxied = utils/* defaults */.NT.request?.fetch ?? fetch;
/** One attempt, answer read to its end. Milliseconds. */
const ATTEMPT = 15_000;
/** One call with all its attempts and waits; what is not done by then has failed. Milliseconds. */
const CALL = 60_000;
/** A rate limit that ends later than this is not waited for. Seconds. */
const PATIENCE = 30;
/** So often in a row a rate limit is waited for; all of it within the time of one call. */
const MOST_LIMITS = 3;
/**
 * Octokit with its own retries (server failures, broken connections: after 1, 4 and 9 s) and its own respect for
 * rate limits, all of it within the time of one call. What it has to say goes into the error, not to stderr.
 */
function openClient({ token, apiUrl }) {
    const silent = () => undefined;
    const waitShortly = (retryAfter, _options, _octokit, retryCount) => retryAfter <= PATIENCE && retryCount < MOST_LIMITS;
    const octokit = (0,github/* getOctokit */.Q)(token, {
        baseUrl: apiUrl,
        userAgent: 'train-on-sagemaker',
        log: { debug: silent, info: silent, warn: silent, error: silent },
        request: { ...utils/* defaults */.NT.request, fetch: wholeAnswer },
        throttle: { onRateLimit: waitShortly, onSecondaryRateLimit: waitShortly },
    }, dist_bundle/* retry */.L, plugin_throttling_dist_bundle/* throttling */.A);
    // Registered last, so it is the outermost: it bounds the retries of the others.
    octokit.hook.wrap('request', async (request, options) => {
        const deadline = AbortSignal.timeout(CALL);
        options.request = { ...options.request, signal: deadline };
        return await Promise.race([request(options), expiry(deadline)]);
    });
    return octokit;
}
function expiry(deadline) {
    return new Promise((_, reject) => {
        const giveUp = () => reject(new Error(`GitHub did not answer within ${CALL / 1000} s`));
        deadline.addEventListener('abort', giveUp, { once: true });
    });
}
/**
 * Octokit takes a body that breaks off or stalls for an empty one, and an empty page of comments would be believed.
 * So the body is read here, within the time-out, and a success that is no JSON is an error, which is retried.
 */
async function wholeAnswer(url, init) {
    const signals = [AbortSignal.timeout(ATTEMPT), ...(init.signal ? [init.signal] : [])];
    const response = await proxied(url, { ...init, signal: AbortSignal.any(signals) });
    const text = await response.text();
    if (response.ok && response.status !== 204)
        JSON.parse(text);
    return new Response(text === '' ? null : text, { status: response.status, headers: response.headers });
}

// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
;// CONCATENATED MODULE: ./src/adapters/github-error.ts

/** GitHub's refusal, or its silence (`status` undefined: the request may or may not have been carried out). */
class GitHubError extends Error {
    status;
    /** `X-Accepted-GitHub-Permissions`: what the token would have needed. */
    acceptedPermissions;
    constructor(message, status, acceptedPermissions, cause) {
        super(message, { cause });
        this.name = 'GitHubError';
        this.status = status;
        this.acceptedPermissions = acceptedPermissions;
    }
}
/** Octokit gives a request without an answer the status 500 and no response. */
function toGitHubError(error) {
    const { response } = Object(error);
    const said = (0,failure/* messageOf */.b)(error);
    if (response === undefined)
        return new GitHubError(`GitHub could not be reached: ${said}`, undefined, undefined, error);
    const accepted = response.headers['x-accepted-github-permissions'];
    return new GitHubError(said, response.status, accepted === undefined ? undefined : String(accepted), error);
}

;// CONCATENATED MODULE: ./src/adapters/github.ts


/** GitHub's REST API for one repository (`owner/name`). Every failure is a `GitHubError`. */
function openGitHub(place, repository) {
    const octokit = openClient(place);
    const [owner = '', repo = ''] = repository.split('/');
    const rest = octokit.rest;
    const here = { owner, repo };
    return {
        pullRequest: (number) => told(async () => toPullRequest((await rest.pulls.get({ ...here, pull_number: number })).data)),
        pullRequestsOfCommit: (sha) => told(async () => {
            const found = await octokit.paginate(rest.repos.listPullRequestsAssociatedWithCommit, {
                ...here,
                commit_sha: sha,
                per_page: 100,
            });
            return found.map(toPullRequest);
        }),
        permission: (user) => told(async () => (await rest.repos.getCollaboratorPermissionLevel({ ...here, username: user })).data.permission),
        comments: (issue) => comments(octokit, { ...here, issue_number: issue, per_page: 100 }),
        comment: (id) => told(async () => toComment((await rest.issues.getComment({ ...here, comment_id: id })).data)).catch((error) => {
            if (error.status === 404)
                return undefined;
            throw error;
        }),
        createComment: (issue, body) => told(async () => {
            // Not repeated blindly: an answer that got lost would leave two comments. The caller looks first.
            const once = { request: { retries: 0 } };
            return toComment((await rest.issues.createComment({ ...here, issue_number: issue, body, ...once })).data);
        }),
        updateComment: (id, body) => told(async () => toComment((await rest.issues.updateComment({ ...here, comment_id: id, body })).data)),
        deleteComment: (id) => told(async () => {
            await rest.issues.deleteComment({ ...here, comment_id: id });
        }).catch((error) => {
            if (error.status !== 404)
                throw error;
        }),
        setStatus: ({ sha, state, context, description, targetUrl }) => told(async () => {
            const target = targetUrl === undefined ? {} : { target_url: targetUrl };
            await rest.repos.createCommitStatus({ ...here, sha, state, context, description, ...target });
        }),
        runHasEnded: (id) => told(() => hasEnded(octokit, { ...here, run_id: Number(id) })),
        react: (commentId, content) => told(async () => {
            await rest.reactions.createForIssueComment({ ...here, comment_id: commentId, content });
        }),
    };
}
/** A token that may not read runs can be answered 404 as well: that is no end. */
async function hasEnded(octokit, run) {
    return (await octokit.rest.actions.getWorkflowRun(run)).data.status === 'completed';
}
async function* comments(octokit, list) {
    const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, list)[Symbol.asyncIterator]();
    for (;;) {
        const page = await told(() => pages.next());
        if (page.done)
            return;
        yield* page.value.data.map(toComment);
    }
}
function toPullRequest(pull) {
    const { number, state, head, base } = pull;
    return {
        number,
        headSha: head.sha,
        headRef: head.ref,
        headRepository: head.repo?.full_name ?? null,
        baseRef: base.ref,
        state,
        merged: typeof pull.merged_at === 'string',
        mergeCommitSha: pull.merge_commit_sha ?? undefined,
    };
}
/** The author is null when the account is gone. */
function toComment({ id, body = '', html_url: url, user }) {
    return { id, body, url, author: { login: user?.login ?? '', type: user?.type ?? '' } };
}
async function told(ask) {
    try {
        return await ask();
    }
    catch (error) {
        throw toGitHubError(error);
    }
}


/***/ })

};
