import { expectsOnlyTime } from '#lib/probes/judged.ts'
import {
  asksCapacity,
  asksPods,
  type KubernetesProbe,
  type KubernetesTarget,
  printTarget,
} from '#lib/probes/kinds/kubernetes.ts'
import {
  endpointCounts,
  ingressFacts,
  ingressObject,
  jobFacts,
  jobObject,
  newestReplicaSet,
  ownedObject,
  selectorText,
  sliceObject,
  type WorkloadObject,
  workloadFacts,
  workloadObject,
} from '#lib/probes/kubernetes-objects.ts'
import {
  capacityOf,
  isLiving,
  nodeFacts,
  nodeObject,
  type PodObject,
  podFacts,
  podObject,
} from '#lib/probes/kubernetes-pods.ts'
import { type KubernetesObservation, OBJECTS_KEPT } from '#lib/probes/observations/kubernetes.ts'
import { placed } from '#lib/probes/place.ts'
import { maskSecrets, maskUrl } from '#lib/probes/redact.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { type Attempt, type BaseKey, type Channel, ProbeStopped } from './channel.ts'
import { type KubernetesApi, kubernetesApi } from './kubernetes-api.ts'
import { observedTls } from './phases.ts'

type Details = Omit<KubernetesObservation, BaseKey | 'tls'>
type KubernetesAttempt = Attempt<KubernetesProbe, Details>

/** Get and list over the API, with a service account's token; only what the conditions need is asked for. */
export const kubernetesChannel: Channel<KubernetesProbe, Details, KubernetesObservation> = {
  blank: () => ({
    ...{ address: null, target: null, requests: [], exists: null, workload: null, pods: null, nodes: null },
    ...{ capacity: null, endpoints: [], ingress: null, job: null, wanted: [] },
  }),
  async look(attempt) {
    const { details } = attempt
    const api = prepared(attempt)
    const target = targetIn(attempt)
    const clean = (text: string) => maskSecrets(text, attempt.secrets)
    details.target = clean(printTarget(target))
    for (const check of attempt.config.conditions)
      if ('text' in check)
        details.wanted.push({ written: check.text, text: clean(filled(attempt, check.text)) })
    switch (target.of) {
      case 'pods':
        return keepPods(details, await podsOf(api, target.namespace, target.selector))
      case 'nodes':
        return lookAtNodes(attempt, { api, selector: target.selector })
      case 'service':
        details.endpoints.push(await endpointsOf(api, target))
        details.exists = details.endpoints[0]?.exists ?? null
        return
      case 'ingress':
        return lookAtIngress(attempt, { api, ...target })
      case 'job': {
        const job = await api.get(['apis', 'batch', 'v1', ...within(target, 'jobs')], jobObject)
        details.exists = job !== null
        details.job = job && jobFacts(job)
        return
      }
      default:
        return lookAtWorkload(attempt, { api, target: { ...target, of: target.of } })
    }
  },
  seen: ({ details, trace, startedAt }) => ({ ...details, tls: observedTls(trace, startedAt) }),
}

function prepared(attempt: KubernetesAttempt): KubernetesApi {
  const { config, environment, details } = attempt
  const { url, token } = config
  const headers = [
    { name: 'accept', value: 'application/json' },
    ...(token === null ? [] : [{ name: 'authorization', value: `Bearer $\{${token}}` }]),
  ]
  const planned = plannedRequest({ config: { url, headers }, environment })
  if (!planned.ok) throw new ProbeStopped('config', planned.message)
  attempt.secrets = planned.secrets
  details.address = maskUrl(planned.hop.url.href, planned.secrets)
  if (token !== null && planned.hop.url.protocol !== 'https:')
    throw new ProbeStopped('config', `${url} is not https, and a token is never sent in clear.`)
  return kubernetesApi(attempt, { base: planned.hop, written: headers })
}

function filled({ environment }: KubernetesAttempt, text: string): string {
  const done = placed(text, environment)
  if (!done.ok) throw new ProbeStopped('config', done.message)
  return done.text
}

function targetIn(attempt: KubernetesAttempt): KubernetesTarget {
  const { subject } = attempt.config
  const named = (text: string) => {
    const done = filled(attempt, text)
    if (/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(done)) return done
    throw new ProbeStopped('config', `${text} does not become a name of Kubernetes. Check its variables.`)
  }
  if ('name' in subject)
    return { of: subject.of, namespace: named(subject.namespace), name: named(subject.name) }
  const selector = subject.selector === null ? null : filled(attempt, subject.selector)
  if (subject.of === 'nodes') return { of: subject.of, selector }
  return { of: subject.of, namespace: named(subject.namespace), selector }
}

function within({ namespace, name }: { namespace: string; name: string }, plural: string): string[] {
  return ['namespaces', namespace, plural, name]
}

function matching(selector: string | null): Record<string, string> {
  return selector === null ? {} : { labelSelector: selector }
}

function podsOf(api: KubernetesApi, namespace: string, selector: string | null): Promise<PodObject[]> {
  return api.list(['api', 'v1', 'namespaces', namespace, 'pods'], matching(selector), podObject)
}

function keepPods(details: Details, pods: readonly PodObject[]): void {
  const living = pods.filter(isLiving).map(podFacts)
  // What is not well first, so that it is kept where not all are.
  const kept = living.sort((one, other) => Number(one.ready) - Number(other.ready)).slice(0, OBJECTS_KEPT)
  details.pods = { total: living.length, kept }
}

type Named = { namespace: string; name: string }
type WorkloadTarget = Named & { of: 'deployment' | 'statefulset' | 'daemonset' }

async function lookAtWorkload(
  { config, details }: KubernetesAttempt,
  { api, target }: { api: KubernetesApi; target: WorkloadTarget },
): Promise<void> {
  const found = await api.get(['apis', 'apps', 'v1', ...within(target, `${target.of}s`)], workloadObject)
  details.exists = found !== null
  if (found === null) return
  details.workload = workloadFacts(target.of, found)
  if (!asksPods(config)) return
  const selector = selectorText(found.spec.selector)
  const pods = selector === null ? [] : await podsOf(api, target.namespace, selector)
  keepPods(details, await newest(api, { target, found, selector, pods }))
}

/** The pods of the newest revision: those that a rollout means. */
async function newest(
  api: KubernetesApi,
  {
    target,
    found,
    selector,
    pods,
  }: { target: WorkloadTarget; found: WorkloadObject; selector: string | null; pods: readonly PodObject[] },
): Promise<PodObject[]> {
  const ownedBy = (uid: string | null | undefined) =>
    pods.filter(({ metadata }) => uid && metadata.ownerReferences?.some((owner) => owner.uid === uid))
  if (target.of === 'deployment') {
    const path = ['apis', 'apps', 'v1', 'namespaces', target.namespace, 'replicasets']
    const sets = selector === null ? [] : await api.list(path, { labelSelector: selector }, ownedObject)
    return ownedBy(newestReplicaSet(found, sets))
  }
  const own = ownedBy(found.metadata.uid)
  const revision = found.status.updateRevision
  if (target.of === 'daemonset' || !revision) return own
  return own.filter(({ metadata }) => metadata.labels?.['controller-revision-hash'] === revision)
}

async function lookAtNodes(
  { config, details }: KubernetesAttempt,
  { api, selector }: { api: KubernetesApi; selector: string | null },
): Promise<void> {
  const nodes = await api.list(['api', 'v1', 'nodes'], matching(selector), nodeObject)
  const facts = nodes
    .map(nodeFacts)
    .sort((one, other) => Number(one.ready === 'True') - Number(other.ready === 'True'))
  details.nodes = { total: facts.length, kept: facts.slice(0, OBJECTS_KEPT) }
  if (!asksCapacity(config)) return
  const running = { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' }
  details.capacity = capacityOf(nodes, await api.list(['api', 'v1', 'pods'], running, podObject))
}

async function endpointsOf(
  api: KubernetesApi,
  { namespace, name }: Named,
): Promise<KubernetesObservation['endpoints'][number]> {
  const service = await api.get(['api', 'v1', ...within({ namespace, name }, 'services')], ownedObject)
  if (service === null) return { service: name, exists: false, ready: 0, total: 0 }
  const path = ['apis', 'discovery.k8s.io', 'v1', 'namespaces', namespace, 'endpointslices']
  const slices = await api.list(path, { labelSelector: `kubernetes.io/service-name=${name}` }, sliceObject)
  return { service: name, exists: true, ...endpointCounts(slices) }
}

async function lookAtIngress(
  { config, details }: KubernetesAttempt,
  { api, namespace, name }: Named & { api: KubernetesApi },
): Promise<void> {
  const path = ['apis', 'networking.k8s.io', 'v1', ...within({ namespace, name }, 'ingresses')]
  const found = await api.get(path, ingressObject)
  details.exists = found !== null
  details.ingress = found && ingressFacts(found)
  const wantsBackends =
    expectsOnlyTime(config.conditions) || config.conditions.some(({ on }) => on === 'backends')
  if (details.ingress === null || !wantsBackends) return
  for (const service of details.ingress.services.slice(0, OBJECTS_KEPT))
    details.endpoints.push(await endpointsOf(api, { namespace, name: service }))
}
