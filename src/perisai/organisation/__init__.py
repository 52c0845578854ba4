"""Head office, regional offices, branches, their territories; staff grants; the policy of who may do what."""
