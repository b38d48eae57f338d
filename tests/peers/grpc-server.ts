import grpc from '@grpc/grpc-js'

type Health = Buffer | { code: number; details: string }
const STATUSES: Record<string, Health> = {
  '': Buffer.from([0x08, 1]),
  'shop.Cart': Buffer.from([0x08, 1]),
  'shop.Down': Buffer.from([0x08, 2]),
  'shop.Quiet': Buffer.alloc(0),
  'shop.Newer': Buffer.from([0x1a, 2, 0x61, 0x62, 0x08, 1]),
  'shop.Strange': Buffer.from([0x08, 9]),
  'shop.Broken': Buffer.from([0x08]),
  'shop.Locked': { code: 16, details: 'who are you' },
  'shop.Away': { code: 14, details: 'draining' },
  'shop.Old': { code: 12, details: 'no health service' },
}

/** A real gRPC server (grpc-js) with a health service whose messages are given as bytes. */
export async function startGrpc(
  credentials = grpc.ServerCredentials.createInsecure(),
): Promise<{ server: grpc.Server; port: number }> {
  const server = new grpc.Server()
  const identity = (bytes: Buffer) => bytes
  server.addService(
    {
      Check: {
        path: '/grpc.health.v1.Health/Check',
        requestStream: false,
        responseStream: false,
        ...{ requestSerialize: identity, requestDeserialize: identity },
        ...{ responseSerialize: identity, responseDeserialize: identity },
      },
    },
    {
      Check: (call: grpc.ServerUnaryCall<Buffer, Buffer>, answer: grpc.sendUnaryData<Buffer>) => {
        const found = STATUSES[call.request.subarray(2).toString()]
        if (found === undefined) answer({ code: 5, details: 'unknown service' })
        else if (Buffer.isBuffer(found)) answer(null, found)
        else answer(found)
      },
    },
  )
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)))
  })
  return { server, port }
}
