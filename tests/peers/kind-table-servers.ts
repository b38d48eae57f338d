/** The kinds that look at servers and what runs them, as they are sent somewhere; see kind-table.ts. */
export const SERVER_KINDS = {
  kubernetes: { scheme: 'http', probe: 'kubernetes $' + '{TARGET} deployment shop/web expect rolled-out' },
  grpc: { scheme: 'grpc', probe: 'grpc $' + '{TARGET} expect serving' },
  dns: { scheme: 'dns', probe: 'dns a.example A expect rcode NOERROR, server $' + '{TARGET}' },
  tcp: {
    scheme: 'tcp',
    probe: 'tcp $' + '{TARGET} expect script, say "PING\\r\\n", read "^\\\\+PONG"',
  },
  logs: { scheme: 'http', probe: 'logs $' + '{TARGET} loki "{app=`web`}" expect count == 0' },
  rules: { scheme: 'http', probe: 'rules $' + '{TARGET} expect no-errors' },
  alertmanager: { scheme: 'http', probe: 'alertmanager $' + '{TARGET} expect loaded' },
}
