"""Rows of the same shape as Keydesk's, with an index for each order that the list offers."""
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper


class Owner(models.Model):
    id = models.UUIDField(primary_key=True)
    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=100, blank=True)
    email = models.CharField(max_length=254, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # The admin searches by UPPER(username) LIKE '%…%': with this index it need not read every row.
        indexes = [
            GinIndex(OpClass(Upper("username"), name="gin_trgm_ops"), name="owner_username_search")
        ]

    def __str__(self):
        return self.username


class ApiKey(models.Model):
    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT)
    name = models.CharField(max_length=100, blank=True)
    active = models.BooleanField(default=True)
    secret_mac = models.BinaryField(unique=True)
    secret_prefix = models.CharField(max_length=12)
    secret_first = models.CharField(max_length=4)
    secret_last = models.CharField(max_length=4)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        # One for each order that is read; the admin ends every order with "-pk".
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="key_by_created"),
            models.Index(fields=["-last_used_at", "-id"], name="key_by_last_used"),
            models.Index(fields=["-expires_at", "-id"], name="key_by_expires"),
            models.Index(fields=["active", "-id"], name="key_by_active"),
            models.Index(fields=["-active", "-id"], name="key_by_inactive"),
        ]

    def __str__(self):
        return f"{self.secret_prefix}_{self.secret_first}…{self.secret_last}"
