// A proxy that lets nobody out, and remembers who wanted to go where.
import { once } from 'node:events'
import { createServer } from 'node:http'

export async function startGuard() {
  const wanted = []
  const refuse = (target) => {
    wanted.push(target)
    return 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'
  }
  const server = createServer((request, response) => {
    refuse(request.url)
    response.writeHead(403).end()
  })
  server.on('connect', (request, socket) => {
    socket.on('error', () => {}) // whoever is refused may slam the door
    socket.end(refuse(request.url))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}`
  const env = Object.fromEntries(['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((name) => [name, url]))
  return {
    wanted,
    env: { ...env, NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1,localhost' },
    stop: async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}
