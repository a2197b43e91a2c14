from datetime import timedelta

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from .models import ApiKey, Owner


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [
            ("active", "Active"),
            ("inactive", "Inactive"),
            ("expired", "Expired"),
            ("expiring", "Expiring within 30 days"),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == "active":
            return queryset.filter(Q(expires_at=None) | Q(expires_at__gt=now), active=True)
        if self.value() == "inactive":
            return queryset.filter(active=False)
        if self.value() == "expired":
            return queryset.filter(active=True, expires_at__lte=now)
        if self.value() == "expiring":
            soon = now + timedelta(days=30)
            return queryset.filter(active=True, expires_at__gt=now, expires_at__lte=soon)
        return queryset


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):
    list_display = ["username", "hint", "status", "name", "created_at", "last_used_at", "expires_at"]
    list_filter = [StatusFilter]
    list_per_page = 25
    list_select_related = ["owner"]
    search_fields = ["owner__username"]
    raw_id_fields = ["owner"]

    @admin.display(description="Username", ordering="owner__username")
    def username(self, key):
        return key.owner.username

    @admin.display(description="API Key")
    def hint(self, key):
        return str(key)

    @admin.display(description="Status", ordering="active")
    def status(self, key):
        if not key.active:
            return "Inactive"
        return "Expired" if key.expires_at and key.expires_at <= timezone.now() else "Active"


@admin.register(Owner)
class OwnerAdmin(admin.ModelAdmin):
    list_display = ["username", "display_name", "email", "active"]
    search_fields = ["username"]
