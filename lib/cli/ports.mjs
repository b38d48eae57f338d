import net from 'node:net'
import { Failure } from './failure.mjs'

/** PORT as a number, 3000 without it. Throws Failure. */
export function readPort(env = process.env) {
  const port = Number(env.PORT || 3000)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Failure(`PORT must be a number from 1 to 65535, not "${env.PORT}".`)
}

const tryListen = (port, host) =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)))
  })

/** Throws Failure when another program holds the port, on loopback or on every interface. */
export async function assertFree(port) {
  for (const host of ['127.0.0.1', '::']) {
    const code = await tryListen(port, host)
    if (code === 'EACCES')
      throw new Failure(`This user may not use port ${port}: set PORT to one above 1023.`)
    if (code === 'EADDRINUSE') {
      throw new Failure(`Port ${port} is taken by another program: stop that one, or set PORT to a free one.`)
    }
  }
}

/** A free port of the loopback interface; `wanted` is kept when it is free. */
export async function freePort(wanted = 0) {
  const probe = (port) =>
    new Promise((resolve, reject) => {
      const server = net.createServer()
      server.once('error', reject)
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const { port: got } = server.address()
        server.close(() => resolve(got))
      })
    })
  return probe(wanted).catch(() => probe(0))
}
