import { createServer } from "node:http";

const port = Number(process.env.PORT ?? 8080);
const server = createServer((request, response) => {
  console.log(`${request.method} ${request.url}`);
  response.end(`Hello from ${process.env.SUPERVISOR_PROCESS_NAME}, pid ${process.pid}\n`);
});

process.on("SIGTERM", () => server.close(() => process.exit(0)));
server.listen(port, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${port}`));
