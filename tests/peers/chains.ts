import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** One certificate to be made: `key` may be another's, as that of a root which another one signs across. `days` may lie in the past. */
export type Made = { name: string; subject: string; key?: string; by: string; days: number; ca?: boolean }

/** Makes certificates with `openssl ca`, which alone takes any dates in every version; gives the text of one by its name. */
export function madeCertificates(folder: string, list: readonly Made[]): (name: string) => string {
  const file = (name: string) => path.join(folder, name)
  const run = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: folder })
  const stamp = (days: number) =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]|\..*/g, '')}Z`
  writeFileSync(
    file('conf'),
    `[ca]\ndefault_ca=c\n[c]\ndatabase=${file('index')}\nunique_subject=no\nnew_certs_dir=${folder}\nrand_serial=yes\ndefault_md=sha256\npolicy=p
[p]\ncommonName=supplied
[authority]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash
[site]\nsubjectAltName=DNS:localhost\nsubjectKeyIdentifier=hash\n`,
  )
  for (const { name, subject, key = name, by, days, ca = true } of list) {
    writeFileSync(file('index'), '')
    if (!existsSync(file(`${key}.key`)))
      run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file(`${key}.key`))
    run('req', '-new', '-key', file(`${key}.key`), '-subj', `/CN=${subject}`, '-out', file(`${name}.csr`))
    const issuer =
      by === name
        ? ['-selfsign', '-keyfile', file(`${key}.key`)]
        : ['-cert', file(`${by}.pem`), '-keyfile', file(`${by}.key`)]
    const dates = ['-startdate', stamp(Math.min(days, 0) - 90), '-enddate', stamp(days)]
    run(
      ...['ca', '-batch', '-notext', '-config', file('conf'), '-extensions', ca ? 'authority' : 'site'],
      ...['-in', file(`${name}.csr`), '-out', file(`${name}.pem`), ...issuer, ...dates],
    )
  }
  return (name) => readFileSync(file(`${name}.pem`), 'utf8')
}
