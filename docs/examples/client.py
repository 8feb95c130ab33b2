"""A catalogue out of a zip, searched by a picture: client.py SERVER COLLECTION ZIP PICTURE"""
import json
import sys
import urllib.error
import urllib.request
import uuid


def send(method, url, body=None, content_type="application/json"):
    request = urllib.request.Request(url, body, {"Content-Type": content_type}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        sys.exit(f"{problem['detail']} {problem['hint']} ({problem['type']})")


def upload(url, part, path, **fields):
    boundary = uuid.uuid4().hex
    body = b""
    for name, value in fields.items():
        body += (f"--{boundary}\r\nContent-Disposition: form-data; "
                 f'name="{name}"\r\n\r\n{value}\r\n').encode()
    with open(path, "rb") as file:
        body += (f"--{boundary}\r\nContent-Disposition: form-data; "
                 f'name="{part}"; filename="file"\r\n\r\n').encode() + file.read()
    body += f"\r\n--{boundary}--\r\n".encode()
    return send("POST", url, body, f"multipart/form-data; boundary={boundary}")


server, collection, archive, picture = sys.argv[1:]
collections = f"{server}/api/v1/collections"
new = {"name": collection, "model": "starter"}
send("POST", collections, json.dumps(new).encode())
imported = upload(f"{collections}/{collection}/items:import", "file", archive)
print(f"{imported['imported']} pictures imported")
found = upload(f"{collections}/{collection}/search", "image", picture, k=5)
for result in found["results"]:
    print(f"{result['rank']:2} {result['score']:.4f} {result['id']} {result.get('label', '')}")
