"""The API as programs read it."""

API = "/api/v1/"


def get(client, address):
    response = client.get(API + address)
    assert response.status_code == 200, response.content
    return response.json()
