import type { Cloud } from '../state.ts';
import { type Call, CloudError, type Service } from '../types.ts';
import { invalid, notFound, requireRead, requireWrite } from './access.ts';
import { pageOf } from './page.ts';
import type { Comment, GitHubRecords } from './records.ts';
import { commentJson, reactionJson } from './wire.ts';

const LONGEST_BODY = 65_536;
/** Stored limit of a comment, measured in 2025: bytes of UTF-8. */
const LARGEST_BODY = 262_144;
const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'];

/** Comments of issues and pull requests, and reactions to them. */
export function commentOperations(cloud: Cloud, records: GitHubRecords): Service {
  return {
    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'(call) {
      const issue = issueOf(call, records);
      requireRead(call, records, 'issues', 'pull-requests');
      const comments = records.comments.filter((comment) => comment.issue === issue);
      const path = `/repos/${records.repository}/issues/${issue}/comments`;
      return pageOf(
        cloud,
        call,
        path,
        comments.map((comment) => commentJson(cloud, records, comment)),
      );
    },
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'(call) {
      const issue = issueOf(call, records);
      requireWrite(call, records, areaOf(records, issue));
      const now = records.now();
      const comment = {
        id: records.nextId(),
        issue,
        body: bodyOf(call),
        user: records.me,
        created_at: now,
        updated_at: now,
      };
      records.comments.push(comment);
      return { status: 201, output: commentJson(cloud, records, comment) };
    },
    'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': (call) => ({
      output: commentJson(cloud, records, commentOf(call, records)),
    }),
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'(call) {
      const comment = commentOf(call, records);
      requireWrite(call, records, areaOf(records, comment.issue));
      comment.body = bodyOf(call);
      comment.updated_at = records.now();
      return { output: commentJson(cloud, records, comment) };
    },
    'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}'(call) {
      const comment = commentOf(call, records);
      requireWrite(call, records, areaOf(records, comment.issue));
      records.comments.splice(records.comments.indexOf(comment), 1);
      return { status: 204 };
    },
    'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': (call) => react(call, records),
  };
}

function react(call: Call, records: GitHubRecords): { status: number; output: Record<string, unknown> } {
  const comment = commentOf(call, records);
  requireWrite(call, records, areaOf(records, comment.issue));
  const content = String(call.input.content);
  if (!REACTIONS.includes(content))
    throw invalid('Reaction', 'content', `${content} is not a valid reaction`, 'invalid');
  const existing = records.reactions.find(
    (each) => each.comment === comment.id && each.content === content && each.user.login === records.me.login,
  );
  if (existing) return { status: 200, output: reactionJson(existing) };
  const reaction = { id: records.nextId(), comment: comment.id, content, user: records.me, created_at: records.now() };
  records.reactions.push(reaction);
  return { status: 201, output: reactionJson(reaction) };
}

/** Comments on a pull request need `pull-requests: write`; `issues: write` alone is refused there. */
function areaOf(records: GitHubRecords, issue: number): string {
  return records.pull(issue) ? 'pull-requests' : 'issues';
}

function issueOf(call: Call, records: GitHubRecords): number {
  const number = Number(call.input.issue_number);
  if (!records.pull(number) && !records.comments.some((comment) => comment.issue === number)) throw notFound();
  return number;
}

function commentOf(call: Call, records: GitHubRecords): Comment {
  const comment = records.comments.find((each) => each.id === Number(call.input.comment_id));
  if (!comment) throw notFound();
  return comment;
}

function bodyOf(call: Call): string {
  const { body } = call.input;
  if (typeof body !== 'string') {
    throw new CloudError(
      'ValidationFailed',
      "Invalid request.\n\nFor 'properties/body', the value is not a string.",
      422,
    );
  }
  if (body.trim() === '') throw invalid('IssueComment', 'data', 'Body cannot be blank', 'unprocessable');
  if (body.length > LONGEST_BODY || Buffer.byteLength(body) > LARGEST_BODY) {
    throw invalid('IssueComment', 'data', `Body is too long (maximum is ${LONGEST_BODY} characters)`, 'unprocessable');
  }
  return body;
}
