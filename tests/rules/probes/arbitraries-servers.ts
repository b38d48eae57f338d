import fc from 'fast-check'
import { ALERTMANAGER_FORMS } from '#lib/probes/kinds/alertmanager.ts'
import { DNS_FORMS, DNS_TYPES } from '#lib/probes/kinds/dns.ts'
import { FORGE_FORMS, FORGE_URLS, FORGES, type ForgeProbe } from '#lib/probes/kinds/forge.ts'
import { GRPC_FORMS } from '#lib/probes/kinds/grpc.ts'
import {
  ASKABLE,
  KUBERNETES_FORMS,
  type KubernetesProbe,
  type KubernetesTarget,
} from '#lib/probes/kinds/kubernetes.ts'
import { LOGS_FORMS } from '#lib/probes/kinds/logs.ts'
import { RULES_FORMS } from '#lib/probes/kinds/rules.ts'
import { TCP_FORMS, type TcpStep } from '#lib/probes/kinds/tcp.ts'
import { base, checks, headers, text, url, variable } from './arbitrary-parts.ts'

const named = {
  namespace: fc.constantFrom('shop', variable('NAMESPACE')),
  name: fc.constantFrom('web', 'web-2.x'),
}
const selector = fc.option(fc.constantFrom('app=web', 'tier in (a, b),!"x'))
const kubernetesTargets: fc.Arbitrary<KubernetesTarget> = fc.oneof(
  fc.record({
    of: fc.constantFrom('deployment', 'statefulset', 'daemonset', 'service', 'ingress', 'job'),
    ...named,
  }),
  fc.record({ of: fc.constant('pods' as const), namespace: named.namespace, selector }),
  fc.record({ of: fc.constant('nodes' as const), selector }),
)
const kubernetesProbes: fc.Arbitrary<KubernetesProbe> = kubernetesTargets.chain((subject) =>
  fc.record({
    ...base(
      checks(KUBERNETES_FORMS).filter(
        ({ on }) => on === 'time' || ASKABLE[subject.of].some((word) => word === on),
      ),
    ),
    kind: fc.constant('kubernetes' as const),
    url,
    token: fc.option(fc.constant('KUBERNETES_TOKEN')),
    ca: fc.option(fc.constant('CA')),
    subject: fc.constant(subject),
  }),
)

const rulesProbes = fc.record({
  ...base(checks(RULES_FORMS)),
  kind: fc.constant('rules' as const),
  url,
  headers,
})
const alertmanagerProbes = fc.record({
  ...base(checks(ALERTMANAGER_FORMS)),
  kind: fc.constant('alertmanager' as const),
  url,
  headers,
  watchdog: fc.option(text),
})

const flow = fc.option(fc.record({ query: text, least: fc.integer({ min: 1, max: 1e12 }) }))
const { newest: _, ...timeless } = LOGS_FORMS
const logsProbes = fc.oneof(
  fc.record({
    ...base(checks(LOGS_FORMS)),
    ...{ kind: fc.constant('logs' as const), url, headers, query: text, flow },
    store: fc.constant('loki' as const),
    path: fc.constant(null),
    withinSeconds: fc.integer({ min: 60, max: 604_800 }),
  }),
  fc.record({
    ...base(checks(timeless)),
    ...{ kind: fc.constant('logs' as const), url, headers, query: text, flow },
    store: fc.constant('json' as const),
    path: fc.constantFrom('count', 'hits.total.value'),
    withinSeconds: fc.constant(900),
  }),
)

const forgeProbes: fc.Arbitrary<ForgeProbe> = fc
  .record({
    ...base(checks(FORGE_FORMS)),
    kind: fc.constant('forge' as const),
    forge: fc.constantFrom(...FORGES),
    repository: fc.constantFrom(
      'acme/web',
      'acme/web.js-2',
      `${variable('OWNER')}/web`,
      variable('REPOSITORY'),
    ),
    token: fc.option(fc.constant('FORGE_TOKEN')),
    own: fc.option(url),
    commit: fc.constantFrom('8f3c2d1', variable('RUN_COMMIT'), variable('OTHER')),
  })
  .map(({ own, ...config }) => ({ ...config, url: own ?? FORGE_URLS[config.forge] }))
const grpcProbes = fc.record({
  ...base(checks(GRPC_FORMS)),
  kind: fc.constant('grpc' as const),
  url: fc.constantFrom(variable('GRPC_URL'), 'grpcs://api.example:8443', 'http://[::1]:50051'),
  ca: fc.option(fc.constant('GRPC_CA')),
  service: fc.option(text),
  headers,
})

const dnsProbes = fc
  .record({
    ...base(checks(DNS_FORMS)),
    kind: fc.constant('dns' as const),
    url: fc.constantFrom('app.example.com', `www.${variable('DOMAIN')}`),
    type: fc.constantFrom(...DNS_TYPES),
    servers: fc.array(fc.constantFrom('ns1.example.com', '[::1]:5353', variable('RESOLVER')), {
      maxLength: 3,
    }),
  })
  .filter(({ servers, conditions }) =>
    conditions.every(
      ({ on }) => (on !== 'agree' || servers.length > 1) && (on !== 'authoritative' || servers.length > 0),
    ),
  )

const tcpStep: fc.Arbitrary<TcpStep> = fc.oneof(
  fc.record({ do: fc.constant('read' as const), pattern: fc.constantFrom('^220 ', '(\\d+) [a-z]*', '-->"') }),
  fc.record({ do: fc.constant('say' as const), text }),
  fc.record({ do: fc.constant('starttls' as const) }),
)
const tcpProbes = fc
  .record({
    ...base(checks(TCP_FORMS)),
    kind: fc.constant('tcp' as const),
    url: fc.constantFrom('mail.example:25', 'tls://[::1]:465', `${variable('MAIL_HOST')}:25`),
    script: fc.array(tcpStep, { maxLength: 5 }),
  })
  .filter(({ script, conditions }) => script.length > 0 || conditions.every(({ on }) => on !== 'script'))

/** Arbitrary valid configurations of kinds that look at servers and what runs them. */
export const SERVER_PROBES = {
  kubernetes: kubernetesProbes,
  forge: forgeProbes,
  rules: rulesProbes,
  alertmanager: alertmanagerProbes,
  logs: logsProbes,
  grpc: grpcProbes,
  dns: dnsProbes,
  tcp: tcpProbes,
}
