"""asyncio: streams, tasks, a queue between them, time-outs that are cancelled."""
import asyncio
import os


async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def client(port, queue):
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for n in range(20):
            writer.write(b"line %d\n" % n)
            answer = await asyncio.wait_for(reader.readline(), 5)
            await queue.put((n, answer))
            await asyncio.sleep(0.01)
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    queue = asyncio.Queue(100)
    tasks = [asyncio.ensure_future(client(port, queue)) for _ in range(3)]
    print("ready %d" % os.getpid(), flush=True)
    while True:
        await queue.get()
    del tasks


asyncio.run(main())
