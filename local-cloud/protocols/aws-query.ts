import type { ServiceModels } from '../model/service-model.ts';
import type { ServiceName } from '../types.ts';
import { type HttpReply, type HttpRequest, parsePairs, type Route, type Writer } from './http.ts';
import { decodeForm, encodeMembers } from './query.ts';
import { type Element, element, xmlDocument } from './xml.ts';

const SERVICES: readonly ServiceName[] = ['sts', 'iam', 'cloudwatch'];

/** The route of a form with `Action` and `Version`; undefined when no service has that version. */
export function awsQueryRoute(models: ServiceModels, request: HttpRequest): Route | undefined {
  const form = new Map([...parsePairs(request.query), ...parsePairs(request.body.toString('utf8'))]);
  const version = form.get('Version');
  const entry = Object.entries(models).find(
    ([name, model]) => SERVICES.includes(name as ServiceName) && model.apiVersion === version,
  );
  const operation = form.get('Action');
  if (!entry || !operation) return undefined;
  const [service, model] = entry;
  const operationModel = model.operations[operation];
  form.delete('Action');
  form.delete('Version');
  return {
    service: service as ServiceName,
    operation,
    writer: awsQueryWriter,
    request,
    model,
    ...(operationModel ? { operationModel } : {}),
    decode: () => ({
      input: operationModel?.input ? decodeForm(model, { shape: operationModel.input }, form) : {},
      body: request.body,
    }),
  };
}

const awsQueryWriter: Writer = {
  format: 'xml',
  answer(route, answer, requestId) {
    const { model, operationModel, operation } = route;
    const members =
      model && operationModel?.output
        ? encodeMembers(model, { shape: operationModel.output }, answer.output ?? {})
        : [];
    const result = operationModel?.resultWrapper ? element(operationModel.resultWrapper, members) : undefined;
    const metadata = element('ResponseMetadata', [element('RequestId', requestId)]);
    return reply(
      answer.status ?? 200,
      element(`${operation}Response`, [result, metadata], namespace(route)),
      requestId,
    );
  },
  refuse(route, error, requestId) {
    const content = [
      element('Type', error.status >= 500 ? 'Receiver' : 'Sender'),
      element('Code', error.code),
      element('Message', error.message),
    ];
    const root = element(
      'ErrorResponse',
      [element('Error', content), element('RequestId', requestId)],
      namespace(route),
    );
    return reply(error.status, root, requestId);
  },
};

function namespace(route: Route): Record<string, string> {
  return { xmlns: route.model?.xmlNamespace ?? '' };
}

function reply(status: number, root: Element, requestId: string): HttpReply {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body: xmlDocument(root) };
}
