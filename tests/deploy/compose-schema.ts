import Ajv from 'ajv';
import { type Document, read } from './files';

/** Of Go, which Compose is written in: 1m30s. */
const duration = /^(?:\d+(?:\.\d+)?(?:h|m|s|ms|us|ns))+$/;

const { $schema: _dialect, ...schema } = JSON.parse(
  read('tests/deploy/compose-spec/compose-spec.json'),
);
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: { duration, ports: true, expose: true },
});
const isCompose = ajv.compile({ ...schema, $id: undefined });

/** What Compose would refuse in a document: keys, kinds of values, and names that are not there. */
export function faultsOf(document: Document): string[] {
  if (isCompose(document)) return missingNames(document);
  return (isCompose.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, params.additionalProperty].filter(Boolean).join(' '),
  );
}

/** Volumes, secrets and services that a service names and nothing declares. */
function missingNames({ services = {}, volumes = {}, secrets = {} }: Document): string[] {
  return Object.entries<Document>(services).flatMap(([name, service]) => {
    const named = (service.volumes ?? []).map((volume: string) => volume.split(':')[0]);
    return [
      ...missing(service.secrets, secrets),
      ...missing(
        named.filter((volume: string) => !/^[./]/.test(volume)),
        volumes,
      ),
      ...missing(namesIn(service.depends_on), services),
    ].map((one) => `${name} names ${one}, which is not there`);
  });
}

const namesIn = (given: string[] | Record<string, unknown> = []) =>
  Array.isArray(given) ? given : Object.keys(given);
const missing = (named: string[] = [], declared: object) =>
  named.filter((one) => !(one in declared));

/** Puts a part of a document into a whole one, as one would by hand. */
export function merged(document: Document, part: Document): Document {
  if (Array.isArray(document) && Array.isArray(part)) return [...document, ...part];
  if (!isMap(document) || !isMap(part)) return part;
  const both = { ...document };
  for (const [name, value] of Object.entries(part)) both[name] = merged(both[name], value);
  return both;
}

const isMap = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
