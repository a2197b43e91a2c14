import { blocksOf } from '../manual/helpers/run-block';
import { type Document, documents, filesIn, firstOf } from './files';

type Yaml = { safeLoadAll(text: string): Document[] };
const { safeLoadAll } = jest.requireActual<Yaml>('js-yaml');

// No cluster runs these recipes. They must at least fit our manifests, the gate, and each other.
const page = 'docs/gateways-kubernetes.md';
const blocks = blocksOf(page, 'yaml').map((block) => safeLoadAll(block));
const manifests = filesIn('deploy/kubernetes', /\.yaml$/).flatMap(documents);
const { namespace } = firstOf('deploy/kubernetes/kustomization.yaml');
const service = manifests.find(
  ({ kind, metadata }) => kind === 'Service' && metadata.name === 'keydesk-verify',
);
const [{ port }] = service.spec.ports;
const identity = ['X-Auth-User', 'X-Auth-Key-Id', 'X-Auth-Scopes'];
const ofKind = (kind: string, name?: string) =>
  blocks.flat().find((one) => one.kind === kind && (!name || one.metadata.name === name));

it('each recipe is there', () => {
  expect(blocks.map((block) => block.map(({ kind }) => kind))).toEqual([
    ['ClientTrafficPolicy', 'HTTPRoute', 'SecurityPolicy', 'ReferenceGrant'],
    ['Middleware', 'Middleware', 'Middleware', 'IngressRoute'],
    ['ConfigMap', 'Ingress'],
  ]);
});

it('Envoy Gateway asks our Service, sends the key, removes it, and fails closed', () => {
  const { extAuth, targetRefs } = ofKind('SecurityPolicy').spec;
  const [early] = ofKind('ClientTrafficPolicy').spec.headers.earlyRequestHeaders.set;
  const [{ filters }] = ofKind('HTTPRoute').spec.rules;
  expect(extAuth.http.backendRefs).toEqual([{ name: 'keydesk-verify', namespace, port }]);
  expect(extAuth.http.path).toMatch(/^\/api\/v1\/gate\?\w+=$/);
  expect(extAuth.http.headersToBackend).toEqual(identity);
  expect(extAuth.headersToExtAuth).toEqual(['X-API-Key', 'X-Forwarded-For', early.name]);
  expect(extAuth).toMatchObject({ failOpen: false, statusOnError: 503 });
  expect(filters[0].requestHeaderModifier.remove).toEqual([early.name]);
  expect(targetRefs[0]).toMatchObject({ kind: 'HTTPRoute', name: 'reports' });
  expect(ofKind('ReferenceGrant')).toMatchObject({
    metadata: { namespace },
    spec: { from: [{ kind: 'SecurityPolicy' }], to: [{ kind: 'Service', name: 'keydesk-verify' }] },
  });
});

it('Traefik adds the key, asks our Service, and removes the key, in this order', () => {
  const [{ middlewares }] = ofKind('IngressRoute').spec.routes;
  const specs = middlewares.map(({ name }: Document) => ofKind('Middleware', name).spec);
  const { forwardAuth } = specs[1];
  expect(specs[0].headers.customRequestHeaders).toEqual({ 'X-Keydesk-Service': 'SERVICE_KEY' });
  expect(specs[2].headers.customRequestHeaders).toEqual({ 'X-Keydesk-Service': '' });
  expect(forwardAuth.address).toBe(`http://keydesk-verify.${namespace}:${port}/api/v1/gate`);
  expect(forwardAuth.authResponseHeaders).toEqual(identity);
  expect(forwardAuth.authRequestHeaders).toEqual([
    ...['Authorization', 'X-API-Key', 'X-Keydesk-Service'],
  ]);
});

it('ingress-nginx asks our Service with the headers of the ConfigMap', () => {
  const { metadata, data } = ofKind('ConfigMap');
  const prefix = 'nginx.ingress.kubernetes.io/';
  const { annotations, namespace: own } = ofKind('Ingress').metadata;
  expect(annotations).toEqual({
    [`${prefix}auth-url`]: `http://keydesk-verify.${namespace}.svc.cluster.local:${port}/api/v1/gate`,
    [`${prefix}auth-proxy-set-headers`]: `${metadata.namespace}/${metadata.name}`,
    [`${prefix}auth-response-headers`]: identity.join(','),
  });
  expect(own).toBe(metadata.namespace);
  expect(data).toEqual({ 'X-Keydesk-Service': 'SERVICE_KEY', Cookie: '' });
});
