import { parts, quoted, type Rule, variable, words } from './suggest-rule.ts'

const KUBERNETES = `kubernetes ${variable('KUBERNETES_URL')} token ${variable('KUBERNETES_TOKEN')} ca ${variable('KUBERNETES_CA')}`
const NAMESPACE = variable('KUBERNETES_NAMESPACE')
const ASKED = 'the Kubernetes API is asked'

export const CLUSTER_RULES: readonly Rule[] = [
  {
    rule: 'pods-ready',
    reads: 'pods or replicas that all run',
    offered: true,
    when: parts(
      '(?<![\\p{L}])(?:pods?|replicas|containers)(?![\\p{L}])[^.]{0,25}(?:running|ready|healthy|available|readiness)(?![\\p{L}])|rollout (?:is )?(?:complete|finished|successful)|поды? .{0,10}(?:запущены|работают)|podlar .{0,10}çalışıyor',
    ),
    unless: words('read replicas?|database|docker(?: compose)?|locally|staging|subject'),
    read: (line) => ({
      probe: `${KUBERNETES} pods ${NAMESPACE} expect ready, not-waiting`,
      because: `${quoted(line, parts('.{0,20}(?:pod|replica|container|rollout|под).{0,40}'))}; ${ASKED} for every pod of one namespace`,
    }),
  },
  {
    rule: 'cluster-healthy',
    reads: 'Kubernetes cluster or nodes that are healthy',
    offered: true,
    when: parts(
      '(?:kubernetes|k8s) ?(?:cluster)?[^.]{0,30}(?:health\\p{L}*|ready|is running|operational)|(?:all |cluster )nodes (?:are )?(?:healthy|ready|online)',
    ),
    unless: words('tc|runners?|agents?|ci'),
    read: (line) => ({
      probe: `${KUBERNETES} nodes expect ready, no-pressure`,
      because: `${quoted(line, parts('.{0,20}(?:kubernetes|k8s|nodes).{0,30}'))}; ${ASKED} whether every node is ready and without pressure`,
    }),
  },
  {
    rule: 'cluster-room',
    reads: 'sufficient CPU and memory in the cluster',
    offered: false,
    when: parts('(?:sufficient|enough|adequate) (?:cluster |system |server )?(?:resources|capacity)'),
    unless: words('support|team|people|staff'),
    read: (line) => ({
      probe: `${KUBERNETES} nodes expect cpu-requested <= 80%, memory-requested <= 80%`,
      because: `${quoted(line, parts('(?:sufficient|enough|adequate).{0,50}'))} and no number; that 80% or less is requested of the nodes is assumed, not what pods really use`,
    }),
  },
  {
    rule: 'load-balancer',
    reads: 'a load balancer that is configured or healthy',
    offered: false,
    when: parts(
      'load[- ]?balanc(?:er|ers|ing)[^.]{0,30}(?:configur\\p{L}*|health\\p{L}*|online|working|operational|active|set up|aktif|configuré|konfiguriert)|балансировщик .{0,20}настроен|负载均衡.{0,6}(?:配置|正常)|ロードバランサー.{0,6}(?:設定|正常)',
    ),
    read: (line) => ({
      probe: `${KUBERNETES} service ${NAMESPACE}/${variable('KUBERNETES_SERVICE')} expect ready-count >= 2`,
      because: `${quoted(line, parts('.{0,20}(?:balanc|балансир|负载均衡|バランサー).{0,30}'))}; two ready endpoints or more of a Kubernetes service are assumed, and the balancer’s own settings are not looked at`,
    }),
  },
]
